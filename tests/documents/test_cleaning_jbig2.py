import io
import struct
from collections import Counter

import pikepdf
import pytest

from documents.cleaning.images.jbig2 import _segment, clean_jbig2
from documents.cleaning.pdf.document import clean_pdf
from documents.cleaning.pdf.streams import PICTURE_FILTERS
from documents.cleaning.second_look import _is_clean_picture, check_clean_copy
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


@pytest.mark.parametrize(("number", "size"), [(0, 1), (256, 1), (257, 2), (65536, 2), (65537, 4)])
@pytest.mark.parametrize("count", [0, 1, 4])
def test_header_of_a_segment_is_as_long_as_the_numbers_that_it_refers_to(number, size, count):
    """The references of a segment have the size of its own number (T.88, 7.2.5)."""
    for flags, page in ((0x00, b"\1"), (0x40, b"\0\0\0\1")):
        head = struct.pack(">IBB", number, flags, count << 5) + bytes(size * count) + page + struct.pack(">I", 3)
        assert _segment(head + b"abcPLANT", 0) == (0, len(head) + 3)
        assert _segment(b"xy" + head + b"abc", 2) == (0, len(head) + 5)


def test_segment_that_refers_to_many_others_has_a_long_header():
    for count in (5, 7, 8, 15, 16):
        retained = (count + 8) // 8
        head = struct.pack(">IBI", 9, 0x3E, 7 << 29 | count) + bytes(retained + count) + b"\1" + struct.pack(">I", 0)
        assert _segment(head, 0) == (62, len(head))


def test_region_of_unknown_length_ends_with_the_mark_of_its_coding():
    for coding, end in ((0, b"\xff\xac"), (1, b"\0\0")):
        head = struct.pack(">IBBBI", 9, 38, 0, 1, 0xFFFFFFFF)
        region = b"\7" * 17 + bytes([coding]) + b"\7\7" + end + b"rows"
        assert _segment(head + region + b"PLANT", 0) == (38, len(head + region))
        with pytest.raises(ValueError, match="without an end"):
            _segment(head + region[:20], 0)
        with pytest.raises(ValueError, match="unknown length"):
            _segment(head + region[:17], 0)
        with pytest.raises(ValueError, match="truncated"):
            _segment(head + region[:-1], 0)
    with pytest.raises(ValueError, match="unknown length"):
        _segment(struct.pack(">IBBBI", 9, 36, 0, 1, 0xFFFFFFFF) + bytes(40), 0)


@pytest.mark.parametrize("kind", ["DCTDecode", "JPXDecode", "JBIG2Decode"])
@pytest.mark.parametrize(
    ("words", "clean"), [(b"drawn", True), (b"Photoshop 3.0 PLANT", False), (b"<x:xmpmeta", False)]
)
def test_second_look_finds_details_in_each_kind_of_picture(kind, words, clean):
    with pikepdf.open(io.BytesIO(DATA)) as opened:
        image = opened.make_stream(b"data " + words, Filter=pikepdf.Name(f"/{kind}"))
        assert _is_clean_picture(image) is clean
        for other in (b"\x20\0\0\0PLAN", b"\x20\0\0\x02\0P\0L"):
            image = opened.make_stream(b"data " + other, Filter=pikepdf.Name(f"/{kind}"))
            assert _is_clean_picture(image) is (kind != "JBIG2Decode")


def test_shortest_segment_stays_if_it_is_of_the_picture():
    found = Counter()
    end_of_page, comment = (struct.pack(">IBBBI", 9, kind, 0, 1, 0) for kind in (49, 62))
    assert len(end_of_page) == 11
    assert clean_jbig2(end_of_page + comment + end_of_page, found) == end_of_page * 2
    assert clean_jbig2(end_of_page + b"PLANT", Counter()) == end_of_page
    assert found["picture_details"] == 1
