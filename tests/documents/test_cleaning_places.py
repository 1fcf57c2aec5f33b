"""Marks in very many places: none is left in the decoded bytes of a clean copy, and a second reader sees the same."""

import io
import re
from collections import Counter

import pypdfium2
import pytest
from docx import Document as Docx

from documents.cleaning.odf.package import clean_odt
from documents.cleaning.ooxml.package import clean_docx
from documents.cleaning.pdf.document import clean_pdf
from documents.cleaning.second_look import check_clean_copy
from documents.reading import odt as read_odt
from tests import drawn, planted, planted_office_places, planted_places

MARK = re.compile(rb"PLANT\d{3}")


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
