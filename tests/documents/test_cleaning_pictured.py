"""Pages turned into pictures: nothing of their text is in the file, and a person sees what they showed."""

import io
from collections import Counter

import numpy as np
import pikepdf
import pypdfium2
import pytest

from documents.cleaning.pdf.document import clean_pdf
from documents.cleaning.pdf.unseen import removal
from documents.cleaning.second_look import check_clean_copy
from documents.errors import UnreadableError
from documents.reading.pdf import pages
from documents.sandbox.client import make_clean_copy
from tests import files, planted, planted_canvas, planted_unseen_pdf


def cleaned(data, numbers):
    content = clean_pdf(data, Counter(), pictured=numbers)
    check_clean_copy(content, "pdf")
    return content


def pixels(data, number):
    page = pypdfium2.PdfDocument(data)[number - 1]
    return page.render(scale=1, draw_annots=False).to_numpy().astype(int)


@pytest.fixture
def uncertain(monkeypatch):
    """Of no page can it be told what a person sees."""

    def raise_error(drawn, glyphs):
        raise removal.UncertainError

    monkeypatch.setattr(removal, "judge", raise_error)


@pytest.mark.parametrize("draw", planted_unseen_pdf.HIDDEN, ids=lambda function: function.__name__)
def test_nothing_of_the_text_is_left_and_the_page_looks_as_its_copy_does(uncertain, draw):
    data = planted_canvas.pdf(draw)
    content = cleaned(data, [1])
    assert planted.left(content) == []
    assert next(pages(content)).strip() == ""
    assert np.abs(pixels(content, 1) - pixels(data, 1)).mean() < 10


def test_other_pages_keep_their_text(uncertain):
    data = planted_canvas.pdf(planted_unseen_pdf.black_box, lambda canvas: canvas.drawString(72, 700, "SHOWN here"))
    first, second = pages(cleaned(data, [1]))
    assert (first.strip(), "SHOWN here" in second) == ("", True)


def test_faint_words_are_gone_from_the_picture_or_plain_to_see():
    def faint(canvas):
        canvas.setFillGray(0.97)
        canvas.setFont("Helvetica", 60)
        canvas.drawString(72, 600, "PLANT")
        canvas.setFillGray(0.5)
        canvas.drawString(72, 400, "SHOWN")

    picture = pixels(cleaned(planted_canvas.pdf(faint), [1]), 1)
    height = picture.shape[0]
    upper = picture[height - 680 : height - 580]
    assert upper.max() - upper.min() <= 3
    assert picture.min() < 160


@pytest.mark.parametrize("kind", ["Square", "Redact", "Stamp"])
def test_words_under_a_comment_or_marked_for_redaction_still_hold_the_file(kind):
    data = planted_canvas.annotated(kind)
    with pytest.raises(UnreadableError, match="unseen") as caught:
        clean_pdf(data, Counter(), pictured=[2])
    assert caught.value.pages == [2]


def test_descriptions_for_screen_readers_leave_with_the_text():
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 200))
        element = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.P, ActualText="PLANT", Pg=pdf.pages[0].obj))
        pdf.Root.StructTreeRoot = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=pikepdf.Array([element]))
        )
        file = io.BytesIO()
        pdf.save(file)
    assert planted.left(clean_pdf(file.getvalue(), Counter())) != []
    assert planted.left(cleaned(file.getvalue(), [1])) == []


def test_a_page_that_the_file_does_not_have_is_refused():
    with pytest.raises(UnreadableError, match="damaged"):
        clean_pdf(files.pdf(), Counter(), pictured=[9])


def test_a_turned_page_is_the_right_way_up_and_keeps_its_size():
    with pikepdf.open(io.BytesIO(planted_canvas.pdf(planted_unseen_pdf.black_box))) as pdf:
        pdf.pages[0].obj.Rotate = 90
        file = io.BytesIO()
        pdf.save(file)
    before = pypdfium2.PdfDocument(file.getvalue())[0]
    content = cleaned(file.getvalue(), [1])
    assert pypdfium2.PdfDocument(content)[0].get_size() == pytest.approx(before.get_size(), abs=1)
    assert np.abs(pixels(content, 1) - pixels(file.getvalue(), 1)).mean() < 10


@pytest.mark.child_process
def test_the_child_process_makes_pictures_of_these_pages():
    data = planted_canvas.pdf(planted_unseen_pdf.black_box, lambda canvas: canvas.drawString(72, 700, "SHOWN here"))
    first, second = pages(make_clean_copy(data, "pdf", pictured=[1]).content)
    assert (first.strip(), "SHOWN here" in second) == ("", True)
