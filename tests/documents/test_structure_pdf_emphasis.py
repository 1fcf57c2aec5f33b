import io

import pikepdf
import pytest

from documents.structure.pdf import markdown
from tests.documents.drawn_pdf import canvas_of, drawn


def with_font(name="Other", flags=32, stem=80):
    """A PDF of two words, the second in a font of this name, with these flags and stems in its descriptor."""
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
def test_flags_of_a_font_tell_its_look(flags, read):
    assert markdown(with_font(flags=flags)) == f"Panellists {read}"


@pytest.mark.parametrize(
    ("font", "read"),
    [("Helvetica", "agreed"), ("Helvetica-Bold", "**agreed**"), ("Times-Italic", "*agreed*"),
     ("Times-BoldItalic", "***agreed***")],
)  # fmt: skip
def test_names_of_fonts_tell_their_look(font, read):
    assert markdown(drawn([(72, 700, "Panellists"), (130, 700, "agreed", font, 11)])) == f"Panellists {read}"


@pytest.mark.parametrize(
    ("name", "stem", "read"),
    [("Other", 160, "**agreed**"), ("ABCDEF+NotoSans-Regular", 160, "agreed"), ("ABCDEF+CMBX12", 80, "**agreed**"),
     ("ABCDEF+Other-Heavy", 80, "**agreed**"), ("ABCDEF+Other-Italic", 210, "*agreed*")],
)  # fmt: skip
def test_thick_stems_are_bold_where_the_name_does_not_say_otherwise(name, stem, read):
    assert markdown(with_font(name=name, stem=stem)) == f"Panellists {read}"


def leaning(canvas, by, mode=0):
    canvas.drawString(72, 700, "Panellists")
    words = canvas.beginText()
    words.setTextTransform(1, 0, by, 1, 130, 700)
    words.setTextRenderMode(mode)
    words.textOut("agreed")
    canvas.drawText(words)


def test_letters_that_a_program_leans_or_fattens_itself_are_italic_or_bold():
    assert markdown(canvas_of(lambda canvas: leaning(canvas, 0.3))) == "Panellists *agreed*"
    assert markdown(canvas_of(lambda canvas: leaning(canvas, 0, mode=2))) == "Panellists **agreed**"
    assert markdown(canvas_of(lambda canvas: leaning(canvas, 0))) == "Panellists agreed"
