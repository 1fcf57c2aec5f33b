"""PDFs that would cost too much are refused by what their pages draw, before anything is drawn."""

import io
import time
from collections import Counter

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from pypdfium2 import PdfDocument, raw

from documents.cleaning.pdf import drawn_size
from documents.cleaning.pdf.document import clean_pdf
from documents.cleaning.pdf.unseen.drawing import DrawnPage
from documents.cleaning.pdf.unseen.glyphs import Glyph
from documents.cleaning.pdf.unseen.verdict import _remove_spaces_between
from documents.errors import UnreadableError
from tests import files

TEXT = b"BT /F1 12 Tf 72 700 Td (SHOWN) Tj ET "
BOX = Array([0, 0, 600, 800])


def pdf(content: bytes, forms=None, pages=1) -> bytes:
    """Return a PDF whose pages draw this content; `forms(pdf, resources)` returns what its names stand for."""
    made = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for _ in range(pages):
        page = made.add_blank_page(page_size=(600, 800))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = made.make_stream(content)
        if forms:
            page.obj.Resources.XObject = Dictionary(forms(made, page.obj.Resources))
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def form(made, resources, content):
    return made.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=BOX, Resources=resources)


def nested(depth, width):
    """Return forms each of which draws another several times."""

    def build(made, resources):
        inner = form(made, resources, TEXT)
        for _ in range(depth):
            inner = form(made, Dictionary(XObject=Dictionary(X=inner)), b"/X Do " * width)
        return {"/X": inner}

    return build


def fault(data):
    with pytest.raises(UnreadableError) as caught:
        clean_pdf(data, Counter())
    return caught.value.fault, caught.value.pages


def test_forms_that_draw_each_other_without_end_are_refused_before_they_cost():
    start = time.process_time()
    assert fault(pdf(TEXT + b"/X Do", nested(9, 10))) == ("too_many_parts", [1])
    assert fault(pdf(TEXT + b"/#58 Do", nested(9, 10))) == ("too_many_parts", [1])  # the same name
    assert fault(pdf(TEXT + b"/X Do", nested(101, 1))) == ("too_many_parts", [])
    assert time.process_time() - start < 5
    assert clean_pdf(pdf(TEXT + b"/X Do", nested(2, 3)), Counter())


def test_a_form_that_draws_itself_is_drawn_once():
    def build(made, resources):
        drawn = form(made, Dictionary(XObject=Dictionary()), b"/X Do ")
        drawn.Resources.XObject.X = drawn
        return {"/X": drawn}

    assert clean_pdf(pdf(TEXT + b"/X Do", build), Counter())


@pytest.mark.parametrize("operator", [b"S", b"f*", b"B", b"s", b"b*"])
def test_more_lines_and_areas_than_can_be_drawn_are_refused(monkeypatch, operator):
    content = TEXT + b"1 1 m 9 9 l " + operator + b"\n" + b"1 1 5 5 re\n" + operator
    monkeypatch.setattr(drawn_size, "MAX_SHAPES", 2 * 3)
    assert clean_pdf(pdf(content, pages=3), Counter())
    assert fault(pdf(content, pages=4)) == ("too_many_parts", [4])


def test_more_content_than_can_be_drawn_is_refused(monkeypatch):
    monkeypatch.setattr(drawn_size, "MAX_SIZE", len(TEXT))
    assert clean_pdf(pdf(TEXT), Counter())
    assert fault(pdf(TEXT, pages=2)) == ("too_many_parts", [2])


def test_a_long_string_that_loses_letters_takes_linear_time():
    """Strings have a few hundred letters, but a file may have one of a hundred thousand."""
    pattern = "removed", "space", "removed", "kept", "space", "kept", "space", "removed", "kept"
    glyphs = [Glyph(0, is_whole=False, is_removed=one == "removed") for one in pattern * 10_000]
    start = time.process_time()
    _remove_spaces_between(glyphs, {at for at, one in enumerate(pattern * 10_000) if one != "space"})
    assert time.process_time() - start < 5
    # Of a gap without a removed letter, the space stays; so do those next to letters that stay.
    assert [one.is_removed for one in glyphs[9:18]] == [True, True, True, False, False, False, False, True, False]


def test_a_report_of_300_pages_is_far_below_the_limits(monkeypatch):
    report = files.pdf(["\n".join(["Words of a report, as long as a line of a page is, with a few more."] * 50)] * 3)
    monkeypatch.setattr(drawn_size, "MAX_SIZE", drawn_size.MAX_SIZE / 100 / 10)
    monkeypatch.setattr(drawn_size, "MAX_SHAPES", drawn_size.MAX_SHAPES / 100 / 10)
    assert clean_pdf(report, Counter())


def test_the_texts_of_pieces_are_read_in_as_many_steps_as_there_are_letters(monkeypatch):
    asked = []
    owner_of = raw.FPDFText_GetTextObject
    monkeypatch.setattr(raw, "FPDFText_GetTextObject", lambda *args: asked.append(args) or owner_of(*args))
    letters = b"".join(b"BT /F1 12 Tf 72 %d Td (%c) Tj ET " % (700 - 14 * row, 65 + row) for row in range(20))
    drawn = DrawnPage(PdfDocument(pdf(letters)), 0)
    drawn.read_texts()
    assert "".join(piece.text for piece in drawn.pieces) == "ABCDEFGHIJKLMNOPQRST"
    assert len(asked) < 4 * len(drawn.pieces)  # line ends are characters, too
