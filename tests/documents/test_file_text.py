"""The text of a file in parts, pages and paragraphs, each with its address."""

import pytest
from django.http import Http404
from django.utils.translation import override

from documents import file_text
from documents.file_text import PAGES_SHOWN, page_place, part_context, parts_of
from documents.models import CleanCopy, Document
from documents.models.document import Kind
from documents.tasks import read_document
from documents.workflow import store
from tests import files

pytestmark = pytest.mark.django_db


def stored(name, content):
    document = store(files.upload(name, content))
    read_document.call(document.pk)
    document.refresh_from_db()
    return document


def test_pages_of_a_pdf_have_addresses_and_so_have_their_paragraphs():
    (part,) = parts_of(stored("a.pdf", files.pdf(["Cover", "", "A quagga speaks"])))
    assert [(page.number, page.anchor) for page in part.pages] == [(1, "page-1"), (2, "page-2"), (3, "page-3")]
    assert [[(one.anchor, one.text) for one in page.paragraphs] for page in part.pages] == [
        [("page-1-p1", "Cover")], [], [("page-3-p1", "A quagga speaks")],
    ]  # fmt: skip


def test_other_files_have_paragraphs_without_pages():
    (part,) = parts_of(stored("a.docx", files.docx(["A quagga speaks", "A zebra"])))
    (page,) = part.pages
    assert (page.number, page.anchor) == (None, "")
    assert [(one.anchor, one.text) for one in page.paragraphs] == [("p1", "A quagga speaks"), ("p2", "A zebra")]


def test_a_long_pdf_is_in_parts_and_an_address_leads_to_the_right_one():
    parts = parts_of(stored("a.pdf", files.pdf([f"Page {n}" for n in range(1, 2 * PAGES_SHOWN + 2)])))
    assert [(part.first, part.last) for part in parts] == [
        (1, PAGES_SHOWN), (PAGES_SHOWN + 1, 2 * PAGES_SHOWN), (2 * PAGES_SHOWN + 1, 2 * PAGES_SHOWN + 1),
    ]  # fmt: skip
    for part in parts:
        for page in part.pages:
            assert page_place(page.number) == f"{part.query}#{page.anchor}"
    assert page_place(PAGES_SHOWN) == f"#page-{PAGES_SHOWN}"
    assert page_place(PAGES_SHOWN + 1) == f"?page=2#page-{PAGES_SHOWN + 1}"


def test_a_long_text_is_in_parts_and_its_paragraphs_are_counted_through(monkeypatch):
    monkeypatch.setattr(file_text, "CHARACTERS_SHOWN", 25)
    parts = parts_of(stored("a.txt", b"Ten words.\n\nTen words.\n\nA paragraph longer than a part.\n\nEnd."))
    assert [[one.anchor for one in part.pages[0].paragraphs] for part in parts] == [["p1", "p2"], ["p3"], ["p4"]]


def test_a_part_that_is_not_there_is_absent():
    document = stored("a.txt", b"Words.")
    assert part_context(document, "1")["part"].number == 1
    for number in ("0", "2", "-1", "x", "", "٢", "1" * 5000):
        with pytest.raises(Http404):
            part_context(document, number)


def test_without_a_clean_copy_there_is_no_text():
    document = stored("a.txt", b"Words.")
    CleanCopy.objects.all().delete()
    document = type(document).objects.get(pk=document.pk)
    with pytest.raises(Http404):
        part_context(document, "1")


def test_a_file_without_text_has_an_empty_first_part():
    document = stored("a.txt", b"Words.")
    document.pages.all().delete()
    assert part_context(document, "1") == {"document": document, "parts": [], "part": None}


@pytest.mark.parametrize(("language", "kinds"), [
    ("en", ["PDF", "Word", "OpenDocument", "Plain text", "Markdown"]),
    ("zh-hans", ["PDF", "Word", "OpenDocument", "纯文本", "Markdown"]),
])  # fmt: skip
def test_the_kind_of_a_file_brings_no_brackets_into_a_text_that_has_its_own(language, kinds):
    with override(language):
        assert [Document(kind=kind).short_kind for kind in Kind.values] == kinds
