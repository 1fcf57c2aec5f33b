"""Fonts in the Compact Font Format: the names of glyphs stay, in each form of their list, and all other words go."""

import io
import struct

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib.sfnt import SFNTReader

from documents.cleaning.pdf.cff import _operands, clean_cff


def font(names: list[str]) -> bytes:
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(names)
    pen = T2CharStringPen(600, None)
    pen.moveTo((0, 0))
    pen.lineTo((100, 100))
    pen.closePath()
    builder.setupCFF("PLANT", {"Notice": "PLANT-notice"}, dict.fromkeys(names, pen.getCharString()), {})
    file = io.BytesIO()
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    builder.setupHorizontalHeader()
    builder.setupMaxp()
    builder.save(file)
    return SFNTReader(io.BytesIO(file.getvalue()))["CFF "]


def index(*items: bytes) -> bytes:
    """Return an INDEX, a list of pieces of data."""
    if not items:
        return b"\0\0"
    offsets = [1]
    for item in items:
        offsets.append(offsets[-1] + len(item))
    return struct.pack(">HB", len(items), 2) + b"".join(struct.pack(">H", one) for one in offsets) + b"".join(items)


def made(charset: bytes, strings: list[bytes], *, glyphs: int = 4, operators: bytes = b"") -> bytes:
    """Return a font whose list of glyph names is written by hand; the numbers of these names begin with 391."""

    def written(at: int, outlines: int) -> bytes:
        top = operators + b"\x1d" + struct.pack(">i", at) + b"\x0f" + b"\x1d" + struct.pack(">i", outlines) + b"\x11"
        return b"\1\0\4\1" + index(b"PLANTname") + index(top) + index(*strings) + index()

    head = len(written(0, 0))
    outlines = index(*[b"\x0e"] * glyphs)
    return written(head + len(outlines), head) + outlines + charset


STRINGS = [b"one", b"two", b"three", b"PLANT", b"last"]
N = 391


@pytest.mark.parametrize(
    ("charset", "kept"),
    [
        (b"\0" + struct.pack(">3H", N, N + 2, N + 4), {b"one", b"three", b"last"}),
        (b"\1" + struct.pack(">HBHB", N, 1, N + 4, 0), {b"one", b"two", b"last"}),
        (b"\1" + struct.pack(">HB", N, 2), {b"one", b"two", b"three"}),
        (b"\2" + struct.pack(">HHHH", N + 1, 1, N + 4, 0), {b"two", b"three", b"last"}),
        (b"\2" + struct.pack(">HHHH", N + 4, 0, 20, 1), {b"last"}),
    ],
)
def test_names_of_glyphs_stay_and_other_words_become_blanks(charset, kept):
    data = made(charset, STRINGS)
    content = clean_cff(data)
    assert len(content) == len(data)
    assert b"PLANT" not in content
    assert b"FFFFFFFFF" in content
    assert {one for one in STRINGS if one in content} == kept


@pytest.mark.parametrize(
    "charset", [b"\3" + struct.pack(">HH", N, 2), b"\1" + struct.pack(">HB", N, 0), b"\0" + struct.pack(">H", N)]
)
def test_list_of_names_that_is_broken_or_ends_too_early_is_rejected(charset):
    with pytest.raises((ValueError, struct.error)):
        clean_cff(made(charset, STRINGS))


def test_font_with_a_predefined_list_of_names_needs_no_strings():
    for number in (0, 1, 2):
        data = b"\1\0\4\1" + index(b"PLANT") + index(bytes([139 + number, 15])) + index(b"PLANT") + index()
        assert b"PLANT" not in clean_cff(data)


def test_font_by_numbers_keeps_the_names_of_its_collection_alone():
    registry = b"\x1c" + struct.pack(">h", N) + b"\x1c" + struct.pack(">h", N + 2) + b"\x8b\x0c\x1e"
    content = clean_cff(made(b"\0" + struct.pack(">3H", 1, 2, 3), STRINGS, operators=registry))
    assert {one for one in STRINGS if one in content} == {b"one", b"three"}


@pytest.mark.parametrize(
    ("packed", "operands"),
    [
        (b"\x8b\x00", {0: [0]}),
        (b"\x20\xf6\x0f", {15: [-107, 107]}),
        (b"\xf7\x00\xfa\xff\x01", {1: [108, 1131]}),
        (b"\xfb\x00\xfe\xff\x02", {2: [-108, -1131]}),
        (b"\x1c\x80\x00\x03", {3: [-32768]}),
        (b"\x1d\x00\x01\x86\xa0\x11", {17: [100000]}),
        (b"\x1e\xe2\xa2\x5f\x8c\x04", {4: [0, 1]}),
        (b"\x1e\x0a\x14\x05\x41\xc3\xff\x8c\x0c\x07", {(12, 7): [0, 1]}),
        (b"\x0c\x1e\x8c\x15", {(12, 30): [], 21: [1]}),
    ],
)
def test_operands_of_each_size_are_read(packed, operands):
    assert _operands(packed) == operands


@pytest.mark.parametrize("byte", [22, 27, 31, 255])
def test_byte_that_begins_no_number_is_rejected(byte):
    with pytest.raises(ValueError, match="broken DICT"):
        _operands(bytes([byte, 0, 0]))


@pytest.mark.parametrize(
    "data",
    [
        b"\2\0\4\1",
        b"\1\0\3\1" + index(b"a"),
        b"\1\0\4\1" + index(b"a") + index() + index(),
        b"\1\0\4\1\0\1\5" + bytes(30),
        b"\1\0\4\1\0\1\1\0\2ab",
        b"\1\0\4\1\0\1\1\1\x50ab",
        b"\1\0\4\1\0\2\1\1\3\2ab" + bytes(9),
        b"",
    ],
)
def test_data_that_is_no_font_is_rejected(data):
    with pytest.raises((ValueError, IndexError, struct.error)):
        clean_cff(data)


@pytest.mark.parametrize("count", [3, 40, 300])
def test_font_of_another_program_keeps_the_names_of_its_glyphs(count):
    names = [".notdef", *(f"own{number:03}" for number in range(count))]
    content = clean_cff(font(names))
    assert b"PLANT" not in content
    assert all(name.encode() in content for name in names[1:])


def test_offsets_of_five_bytes_are_rejected():
    offsets = b"".join(number.to_bytes(5, "big") for number in (1, 2))
    data = b"\1\0\4\1\0\1\5" + offsets + b"a" + index(b"\x8b\x0f") + index() + index()
    with pytest.raises(ValueError, match="broken INDEX"):
        clean_cff(data)
    assert clean_cff(data.replace(b"\5" + offsets, b"\1\1\2"))
