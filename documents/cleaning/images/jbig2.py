"""JBIG2 as embedded in PDF (ITU-T T.88, 7.2): segments that are not part of the picture are removed."""

import struct
from collections import Counter

# Types of segments (7.3) that make the picture: dictionaries, regions, pages, stripes and code tables. Type 62, an
# extension, is a comment.
PICTURE = {0, 4, 6, 7, 16, 20, 22, 23, 36, 38, 39, 40, 42, 43, 48, 49, 50, 53}
GENERIC_REGION = 38
UNKNOWN_LENGTH = 0xFFFFFFFF
SHORTEST_HEADER = 11  # bytes


def clean_jbig2(data: bytes, found: Counter[str]) -> bytes:
    """Return a stream of segments without comments; raise ValueError or struct.error if the data is not one."""
    kept: list[bytes] = []
    position = 0
    while len(data) - position >= SHORTEST_HEADER:
        kind, end = _segment(data, position)
        if kind in PICTURE:
            kept.append(data[position:end])
        found["picture_details"] += kind not in PICTURE
        position = end
    return b"".join(kept)


def _segment(data: bytes, position: int) -> tuple[int, int]:
    """Return the type of the segment that starts at a position, and where it ends."""
    number, flags, count = struct.unpack_from(">IBB", data, position)
    at = position + 6
    if count >> 5 == 7:
        count = struct.unpack_from(">I", data, position + 5)[0] & 0x1FFFFFFF
        at = position + 9 + (count + 8) // 8
    else:
        count >>= 5
    at += count * (1 if number <= 256 else 2 if number <= 65536 else 4) + (4 if flags & 0x40 else 1)
    (size,) = struct.unpack_from(">I", data, at)
    kind = flags & 0x3F
    end = _end_of_region(data, at + 4, kind) if size == UNKNOWN_LENGTH else at + 4 + size
    if end > len(data):
        raise ValueError("truncated JBIG2")
    return kind, end


def _end_of_region(data: bytes, start: int, kind: int) -> int:
    """Return where a region of unknown length ends (7.2.7)."""
    if kind != GENERIC_REGION or start + 18 > len(data):
        raise ValueError("segment of unknown length")
    position = data.find(b"\0\0" if data[start + 17] & 1 else b"\xff\xac", start + 18)
    if position < 0:
        raise ValueError("region without an end")
    return position + 6
