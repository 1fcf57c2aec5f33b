import io

import pikepdf
import pytest

from documents.structure.pdf import markdown
from tests.documents.drawn_pdf import canvas_of, drawn


def with_font(name="Other", flags=32, stem=80):
    """Return a PDF of two words, the second in a font with this name and these flags and stems."""
    with pikepdf.open(io.BytesIO(drawn([(72, 700, "Panellists"), (130, 700, "agreed", "Times-Roman", 11)]))) as pdf:
        fonts = pdf.pages[0].Resources.Font
        font = next(font for font in fonts.values() if font.BaseFont == "/Times-Roman")
        font.BaseFont = pikepdf.Name(f"/{name}")
        font.FontDescriptor = pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name(f"/{name}"), Flags=flags, ItalicAngle=0, Ascent=700,
            Descent=-200, CapHeight=700, StemV=stem, FontBBox=[0, -200, 1000, 900],
        )  # fmt: skip
        file = io.BytesIO()
        pdf.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("flags", "read"), [(32, "agreed"), (32 | 1 << 6, "*agreed*"), (32 | 1 << 18, "**agreed**")]
)  # fmt: skip
def test_font_flags_tell_emphasis(flags, read):
    assert markdown(with_font(flags=flags)) == f"Panellists {read}"


@pytest.mark.parametrize(
    ("font", "read"),
    [("Helvetica", "agreed"), ("Helvetica-Bold", "**agreed**"), ("Times-Italic", "*agreed*"),
     ("Times-BoldItalic", "***agreed***")],
)  # fmt: skip
def test_font_names_tell_emphasis(font, read):
    assert markdown(drawn([(72, 700, "Panellists"), (130, 700, "agreed", font, 11)])) == f"Panellists {read}"


@pytest.mark.parametrize(
    ("name", "stem", "read"),
    [("Other", 160, "**agreed**"), ("ABCDEF+NotoSans-Regular", 160, "agreed"), ("ABCDEF+CMBX12", 80, "**agreed**"),
     ("ABCDEF+Other-Heavy", 80, "**agreed**"), ("ABCDEF+Other-Italic", 210, "*agreed*")],
)  # fmt: skip
def test_thick_stems_are_bold_unless_the_name_says_otherwise(name, stem, read):
    assert markdown(with_font(name=name, stem=stem)) == f"Panellists {read}"


def slanted(canvas, slant, mode=0):
    canvas.drawString(72, 700, "Panellists")
    words = canvas.beginText()
    words.setTextTransform(1, 0, slant, 1, 130, 700)
    words.setTextRenderMode(mode)
    words.textOut("agreed")
    canvas.drawText(words)


def test_slanted_and_stroked_characters_are_italic_and_bold():
    assert markdown(canvas_of(lambda canvas: slanted(canvas, 0.3))) == "Panellists *agreed*"
    assert markdown(canvas_of(lambda canvas: slanted(canvas, 0, mode=2))) == "Panellists **agreed**"
    assert markdown(canvas_of(lambda canvas: slanted(canvas, 0))) == "Panellists agreed"
