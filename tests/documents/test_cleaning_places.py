"""Marks in very many places: none is left in the decoded bytes of a clean copy, and a second reader sees the same."""

import re
from collections import Counter

import pypdfium2
import pytest

from documents.cleaning.pdf.document import clean_pdf
from documents.cleaning.second_look import check_clean_copy
from tests import drawn, planted, planted_places

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
