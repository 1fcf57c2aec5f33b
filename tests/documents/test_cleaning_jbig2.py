import io
import struct
from collections import Counter

import pikepdf
import pytest

from documents.cleaning.images.jbig2 import clean_jbig2
from documents.cleaning.pdf.document import clean_pdf
from documents.cleaning.pdf.streams import PICTURE_FILTERS
from documents.cleaning.second_look import check_clean_copy
from documents.errors import UnreadableError
from tests import drawn, planted, planted_jbig2

TABLE = planted_jbig2.segment(planted_jbig2.TABLES, b"table", 7)
DATA = planted_jbig2.pdf(planted_jbig2.picture(), planted_jbig2.comments() + TABLE)


def cleaned(data: bytes) -> tuple[bytes, Counter]:
    found = Counter()
    content = clean_pdf(data, found)
    check_clean_copy(content, "pdf")
    return content, +found


def picture(data: bytes) -> tuple:
    with pikepdf.open(io.BytesIO(data)) as opened:
        image = opened.pages[0].Resources.XObject.Im0
        shared = image.get("/DecodeParms", {}).get("/JBIG2Globals")
        return image.get("/Width"), image.read_raw_bytes(), shared and shared.read_bytes()


def test_comments_are_removed_and_the_picture_stays():
    data = planted_jbig2.pdf(planted_jbig2.picture(), planted_jbig2.comments())
    content, found = cleaned(data)
    assert len(planted.left(data)) >= 4
    assert planted.left(content) == []
    assert found["picture_details"] == 8
    assert drawn.pictures(content) == drawn.pictures(data) != drawn.pictures(planted_jbig2.pdf(b"", b""))
    assert cleaned(content) == (content, {})


def test_shared_segments_stay_without_comments():
    content, _ = cleaned(DATA)
    region = planted_jbig2.segment(planted_jbig2.REGION, planted_jbig2.region_body(), 2)
    assert planted.left(content) == []
    assert picture(content) == (planted_jbig2.WIDTH, planted_jbig2.page() + region, TABLE)
    assert cleaned(content) == (content, {})


@pytest.mark.parametrize(
    "body",
    [bytes(17) + b"\1mmr\0\0" + struct.pack(">I", 9), bytes(17) + b"\0arithmetic\xff\xac" + struct.pack(">I", 9)],
)
def test_region_of_unknown_length_ends_at_its_marker(body):
    region = planted_jbig2.segment(planted_jbig2.REGION, body, size=0xFFFFFFFF)
    assert clean_jbig2(region + planted_jbig2.comments(), Counter()) == region


@pytest.mark.parametrize("data", [
    planted_jbig2.picture()[:-30], planted_jbig2.picture() + b"PLANT behind its end, longer than a header",
    planted_jbig2.segment(planted_jbig2.COMMENT, b"PLANT", size=0xFFFFFFFF),
    planted_jbig2.segment(planted_jbig2.REGION, bytes(18) + b"PLANT", size=0xFFFFFFFF),
])  # fmt: skip
def test_picture_that_cannot_be_parsed_turns_white(data):
    content, found = cleaned(planted_jbig2.pdf(data, TABLE))
    assert found["pictures"] == 1
    width, _, shared = picture(content)
    assert (width, shared) == (1, None)
    assert planted.left(content) == []


def test_second_look_finds_a_comment(monkeypatch):
    monkeypatch.setitem(PICTURE_FILTERS, "/JBIG2Decode", lambda data, found: data)
    with pytest.raises(UnreadableError, match="unclean"):
        check_clean_copy(clean_pdf(DATA, Counter()), "pdf")
