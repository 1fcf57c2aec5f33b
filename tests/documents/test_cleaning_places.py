"""Marks in very many places: none is left in the decoded bytes of a clean copy, and a second reader sees the same."""

import io
import itertools
import re
import zipfile
from collections import Counter

import pypdfium2
import pytest
from docx import Document as Docx
from lxml import etree
from markdown import markdown as to_html

from documents.cleaning.odf.package import clean_odt
from documents.cleaning.ooxml.package import clean_docx
from documents.cleaning.pdf.document import clean_pdf
from documents.cleaning.second_look import check_clean_copy
from documents.cleaning.text import clean_markdown
from documents.reading import odt as read_odt
from tests import drawn, planted, planted_office_places, planted_places
from tests.planted_unseen_text import HIDDEN

MARK = re.compile(rb"PLANT\d{3}")
# Texts that can stand one after the other: those that hide all that follows them, or begin a file, are tried alone.
IN_MARKDOWN = [
    text
    for name, text in HIDDEN.items()
    if text.startswith(("SHOWN", "[", "!", "<")) and "without an end" not in name and name != "open comment"
]


def marks(data: bytes) -> set[bytes]:
    """Return the marks that a file holds in any of its parts, unpacked; also in hexadecimal and in UTF-16."""
    found: set[bytes] = set()
    for part in planted.all_bytes(data):
        plain = part.replace(b"\0", b"")
        found |= set(MARK.findall(part)) | set(MARK.findall(plain))
        found |= {bytes.fromhex(one.decode()) for one in re.findall(rb"(?i)504c414e54(?:3\d){3}", part)}
    return found


@pytest.fixture(scope="module")
def both():
    data, found = planted_places.pdf(), Counter()
    return data, clean_pdf(data, found), found


def test_each_of_many_places_of_a_pdf_is_cleaned(both):
    data, content, _ = both
    assert len(marks(data)) > 120
    assert sorted(marks(content)) == []
    check_clean_copy(content, "pdf")


def test_pages_look_and_read_the_same(both):
    data, content, _ = both
    assert drawn.pictures(content) == drawn.pictures(data)
    before, after = (pypdfium2.PdfDocument(one)[0].get_textpage().get_text_bounded() for one in (data, content))
    assert before == after


@pytest.mark.parametrize(
    ("make", "clean", "kind", "count"),
    [(planted_office_places.docx, clean_docx, "docx", 60), (planted_office_places.odt, clean_odt, "odt", 40)],
)
def test_each_of_many_places_of_an_office_file_is_cleaned(make, clean, kind, count):
    data = make()
    content = clean(data, Counter())
    assert len(marks(data)) > count
    assert sorted(marks(content)) == []
    check_clean_copy(content, kind)


def test_another_reader_sees_the_same_words():
    content = clean_docx(planted_office_places.docx(), Counter())
    words = " ".join(str(text.text) for text in Docx(io.BytesIO(content)).element.xpath("//w:t"))
    assert words.count("SHOWN") == "".join(planted_office_places.WORD_PARAGRAPHS).count("SHOWN")
    content = clean_odt(planted_office_places.odt(), Counter())
    assert "".join(read_odt.pages(content)).count("SHOWN") == "".join(planted_office_places.ODF_PARAGRAPHS).count(
        "SHOWN"
    )


def markdown() -> bytes:
    """Return a Markdown text with a mark of its own in each place where a reader sees none."""
    numbers = itertools.count(1)
    texts = [re.sub("PLANT", lambda _: f"PLANT{next(numbers):03d}", text) for text in IN_MARKDOWN]
    return "\n\n".join(texts).encode()


def test_each_of_many_places_of_a_markdown_text_is_cleaned_for_another_reader_too():
    content = clean_markdown(markdown(), Counter())
    check_clean_copy(content, "md")
    assert marks(content) == set()
    for text in IN_MARKDOWN:
        read = to_html(clean_markdown(text.encode(), Counter()).decode(), extensions=["tables"])
        assert "PLANT" not in read
        assert read.count("SHOWN") == text.count("SHOWN")


def test_the_places_of_all_kinds_are_more_than_150():
    office = planted_office_places.docx(), planted_office_places.odt()
    assert sum(len(marks(data)) for data in (planted_places.pdf(), *office, markdown())) > 300


def test_a_second_reader_of_an_open_document_sees_the_same_words():
    content = clean_odt(planted_office_places.odt(), Counter())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        words = "".join(etree.fromstring(archive.read("content.xml")).itertext())
    assert "PLANT" not in words
    assert words.count("SHOWN") == "".join(planted_office_places.ODF_PARAGRAPHS).count("SHOWN")
