"""JBIG2 as it stands in a PDF (ITU-T T.88, 7.2): segments that are not picture are taken out."""

import struct
from collections import Counter

# Dictionaries, regions and pages of the picture, stripes, and tables to decode with. 62, an extension, is a comment.
PICTURE = {0, 4, 6, 7, 16, 20, 22, 23, 36, 38, 39, 40, 42, 43, 48, 49, 50, 53}
GENERIC_REGION = 38
UNKNOWN = 0xFFFFFFFF
SHORTEST_HEADER = 11


def clean(data: bytes, found: Counter) -> bytes:
    """Return a stream of segments without its comments; raises ValueError or struct.error for what is none."""
    kept, place = [], 0
    while len(data) - place >= SHORTEST_HEADER:
        kind, end = _segment(data, place)
        if kind in PICTURE:
            kept.append(data[place:end])
        found["picture_details"] += kind not in PICTURE
        place = end
    return b"".join(kept)


def _segment(data: bytes, place: int) -> tuple[int, int]:
    """Return the type of the segment that starts at a place, and where it ends."""
    number, flags, count = struct.unpack_from(">IBB", data, place)
    at = place + 6
    if count >> 5 == 7:
        count = struct.unpack_from(">I", data, place + 5)[0] & 0x1FFFFFFF
        at = place + 9 + (count + 8) // 8
    else:
        count >>= 5
    at += count * (1 if number <= 256 else 2 if number <= 65536 else 4) + (4 if flags & 0x40 else 1)
    (size,) = struct.unpack_from(">I", data, at)
    kind = flags & 0x3F
    end = _end_of_region(data, at + 4, kind) if size == UNKNOWN else at + 4 + size
    if end > len(data):
        raise ValueError("JBIG2 that is cut short")
    return kind, end


def _end_of_region(data: bytes, start: int, kind: int) -> int:
    """Return where a region ends whose length its writer did not know yet (7.2.7)."""
    if kind != GENERIC_REGION or start + 18 > len(data):
        raise ValueError("segment without a length")
    place = data.find(b"\0\0" if data[start + 17] & 1 else b"\xff\xac", start + 18)
    if place < 0:
        raise ValueError("region without an end")
    return place + 6
