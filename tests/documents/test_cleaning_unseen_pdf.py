"""Words on the pages of a PDF that a person cannot see, and words that only look hidden to a program."""

import io
from collections import Counter

import numpy as np
import pikepdf
import pypdfium2
import pytest

from documents.cleaning.pdf.document import clean_pdf
from documents.cleaning.pdf.unseen import glyphs, removal
from documents.cleaning.pdf.unseen.glyph_codes import splitter_of
from documents.cleaning.second_look import check_clean_copy
from documents.errors import UnreadableError
from documents.reading.pdf import pages
from tests import drawn, files, planted, planted_canvas, planted_seen_pdf, planted_unseen_pdf


def cleaned(data: bytes) -> tuple[bytes, Counter]:
    found = Counter()
    content = clean_pdf(data, found)
    check_clean_copy(content, "pdf")
    return content, +found


def named(functions):
    return pytest.mark.parametrize("draw", functions, ids=lambda function: function.__name__)


def most_different(data: bytes, other: bytes) -> int:
    """Return by how much the pages of two PDFs differ where they differ most, of 255."""
    drawings = [[page.render(scale=1.5).to_numpy().astype(int) for page in pypdfium2.PdfDocument(one)]
                for one in (data, other)]  # fmt: skip
    return max(int(np.abs(one - two).max()) for one, two in zip(*drawings, strict=True))


@named(planted_unseen_pdf.HIDDEN)
def test_unseen_words_leave_bytes_and_text_and_all_else_stays(draw):
    data = planted_canvas.pdf(draw)
    assert "PLANT" in "".join(pages(data))
    content, found = cleaned(data)
    assert planted.left(content) == []
    text = "".join(pages(content))
    assert "PLANT" not in text
    assert text.count("SHOWN") == "".join(pages(data)).count("SHOWN")
    assert found["hidden_text"] >= 1


@named([one for one in planted_unseen_pdf.HIDDEN if one is not planted_unseen_pdf.speck])
def test_pages_without_their_unseen_words_look_the_same(draw):
    data = planted_canvas.pdf(draw)
    assert most_different(data, cleaned(data)[0]) <= 24


@named(planted_unseen_pdf.HIDDEN)
def test_clean_copy_is_unchanged_by_cleaning(draw):
    content, _ = cleaned(planted_canvas.pdf(draw))
    assert cleaned(content) == (content, {})


@named(planted_seen_pdf.GOOD)
def test_seen_words_stay(draw):
    data = planted_canvas.pdf(draw)
    content, found = cleaned(data)
    assert list(pages(content)) == list(pages(data))
    assert "SHOWN" in next(iter(pages(content)))
    assert found["hidden_text"] == 0


def test_every_page_is_looked_at():
    content, found = cleaned(planted_canvas.pdf(*planted_unseen_pdf.HIDDEN, *planted_seen_pdf.GOOD))
    assert planted.left(content) == []
    assert found["hidden_text"] >= len(planted_unseen_pdf.HIDDEN)
    assert all("SHOWN on each page" in page for page in pages(content))


def test_form_that_two_pages_share_loses_its_words_only_where_they_are_unseen():
    def first(canvas):
        canvas.beginForm("shared")
        canvas.drawString(72, 700, "SHOWN and unseen")
        canvas.endForm()
        canvas.doForm("shared")

    def second(canvas):
        canvas.doForm("shared")
        canvas.rect(70, 690, 300, 30, stroke=0, fill=1)

    texts = list(pages(cleaned(planted_canvas.pdf(first, second))[0]))
    assert "SHOWN and unseen" in texts[0]
    assert "unseen" not in texts[1]


def test_words_of_a_font_with_two_bytes_for_each_glyph_are_removed_one_by_one():
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(files.pdf(["x"]))) as made:
        below = made.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=pikepdf.Name.Helvetica, DW=600,
            CIDSystemInfo=pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        ))  # fmt: skip
        codes = "".join(f"<{ord(one):04x}> <{ord(one):04x}>\n" for one in "ABCDEF")
        unicode = made.make_stream(
            f"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 6 beginbfchar {codes} endbfchar".encode()
        )
        made.pages[0].obj.Resources.Font.F9 = made.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name.Helvetica, ToUnicode=unicode,
            Encoding=pikepdf.Name("/Identity-H"), DescendantFonts=pikepdf.Array([below]),
        ))  # fmt: skip
        string = "".join(f"{ord(one):04x}" for one in "ABCDEF")
        # Each glyph is 6 points wide; the box covers C and D.
        made.pages[0].contents_add(f"BT /F9 10 Tf 72 500 Td <{string}> Tj ET 0 g 84 495 12 15 re f".encode())
        made.save(file)
    text = next(iter(pages(file.getvalue())))
    assert "ABCDEF" in text
    content, _ = cleaned(file.getvalue())
    assert "C" not in next(iter(pages(content)))
    assert {"A", "B", "E", "F"} <= set(next(iter(pages(content))))


@pytest.mark.parametrize("kind", ["Square", "Redact", "Stamp", "Ink", "Highlight"])
def test_file_with_words_under_an_annotation_is_held_with_the_page(kind):
    with pytest.raises(UnreadableError, match="unseen") as caught:
        cleaned(planted_canvas.annotated(kind))
    assert caught.value.pages == [2]


def test_words_under_text_that_was_typed_on_the_page_are_removed_as_it_stays():
    content, found = cleaned(planted_canvas.annotated("FreeText"))
    assert planted.left(content) == []
    assert drawn.pictures(content) == drawn.pictures(planted_canvas.annotated("FreeText"))
    assert found["hidden_text"] > 0


@pytest.mark.parametrize("kind", ["Underline", "Link", "Text", "FileAttachment"])
def test_annotation_that_covers_nothing_does_not_hold_a_file(kind):
    assert "PLANT" in "".join(pages(cleaned(planted_canvas.annotated(kind))[0]))


def test_file_is_held_with_the_page_if_unseen_words_are_left(monkeypatch):
    def keeps_all(drawn, glyphs):
        glyphs[0].is_removed, glyphs[0].place = True, drawn.pieces[0].matrix
        return 0

    monkeypatch.setattr(removal, "judge", keeps_all)
    with pytest.raises(UnreadableError, match="unseen") as caught:
        cleaned(planted_canvas.pdf(planted_seen_pdf.light_grey, planted_unseen_pdf.black_box))
    assert caught.value.pages == [2]


def test_file_is_held_if_its_text_cannot_be_taken_apart(monkeypatch):
    def whole(drawn, glyphs):
        raise removal.UncertainError

    monkeypatch.setattr(removal, "judge", whole)
    with pytest.raises(UnreadableError, match="unseen") as caught:
        cleaned(planted_canvas.pdf(planted_unseen_pdf.black_box))
    assert caught.value.pages == [1]


@pytest.mark.parametrize(("encoding", "pieces"), [
    ("/Identity-H", [b"ab", b"cd"]), ("/UniGB-UCS2-V", [b"ab", b"cd"]), ("/90ms-RKSJ-H", [b"abcd"]),
])  # fmt: skip
def test_strings_are_split_only_where_their_codes_are_known(encoding, pieces):
    font = pikepdf.Dictionary(Subtype=pikepdf.Name.Type0, Encoding=pikepdf.Name(encoding))
    assert splitter_of(font)(b"abcd") == pieces


def test_partly_covered_string_that_cannot_be_split_holds_the_file(monkeypatch):
    monkeypatch.setattr(glyphs, "splitter_of", lambda font: lambda string: [string])
    with pytest.raises(UnreadableError, match="unseen") as caught:
        cleaned(planted_canvas.pdf(planted_seen_pdf.scan, planted_unseen_pdf.box_over_a_part))
    assert caught.value.pages == [2]


SLIVERS = {"no height or width": "0 0 0 0 20 300 Tm", "size of nothing": "/F 0 Tf 20 300 Td"}


@pytest.mark.parametrize("operators", SLIVERS.values(), ids=SLIVERS)
def test_letters_that_are_pressed_to_nothing_are_removed(operators):
    content, found = cleaned(line_and(f"BT /F 12 Tf {operators} (PLANT) Tj ET"))
    assert planted.left(content) == []
    assert found["hidden_text"] == 1
    assert "".join(pages(content)).strip() == "SHOWN"


@pytest.mark.parametrize("operators", ["0.1 Tz 20 300 Td", "-0.001 0 0 1 20 300 Tm", "1 1 1 1 20 300 Tm"])
def test_file_with_letters_too_thin_to_read_is_held_with_the_page(operators):
    with pytest.raises(UnreadableError) as held:
        clean_pdf(line_and(f"BT /F 12 Tf {operators} (PLANT) Tj ET"), Counter())
    assert held.value.pages == [1]


@pytest.mark.parametrize("operators", ["40 Tz 20 300 Td", "0 1 -1 0 20 300 Tm", "/F 3 Tf 20 300 Td"])
def test_narrow_turned_and_small_letters_stay(operators):
    content, found = cleaned(line_and(f"BT /F 12 Tf {operators} (PLANT) Tj ET"))
    assert not found
    assert "PLANT" in "".join(pages(content))


def line_and(operators: str) -> bytes:
    """Return a PDF with a line of text, and what these operators show."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(400, 400))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    page.Contents = made.make_stream(f"BT /F 12 Tf 20 370 Td (SHOWN) Tj ET {operators}".encode())
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()
