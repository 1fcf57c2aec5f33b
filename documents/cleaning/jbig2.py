"""Scans packed as JBIG2 (ITU-T T.88): remarks among their segments go."""

import struct
from collections import Counter

# Dictionaries, regions, pages, ends, tables: all that draws. 62 is what extends it, by remarks.
DRAWING = {0, 4, 6, 7, 16, 20, 22, 23, 36, 38, 39, 40, 42, 43, 48, 49, 50, 51, 53}
UNKNOWN = 0xFFFFFFFF  # the length of a region that is written before it is known


def clean(data: bytes, found: Counter) -> bytes:
    """Return the segments that draw something; raises ValueError or struct.error for what is not a row of segments."""
    place, kept = 0, []
    while place < len(data):
        kind, start, size = _segment(data, place)
        end = len(data) if size == UNKNOWN else start + size
        if end > len(data):
            raise ValueError("JBIG2 is cut short")
        if kind in DRAWING:
            kept.append(data[place:end])
        else:
            found["picture_details"] += 1
        place = end
    return b"".join(kept)


def _segment(data: bytes, place: int) -> tuple[int, int, int]:
    """Return a segment's kind, where its data starts, and how long that is (T.88, 7.2)."""
    number, flags, count = struct.unpack_from(">IBB", data, place)
    place += 6
    referred = count >> 5
    if referred == 7:
        referred = struct.unpack_from(">I", data, place - 1)[0] & 0x1FFFFFFF
        place += 3 + (referred + 8) // 8
    elif referred > 4:
        raise ValueError("JBIG2 segment refers to an unheard number of others")
    place += referred * (1 if number <= 256 else 2 if number <= 65536 else 4)
    place += 4 if flags & 0x40 else 1
    return flags & 0x3F, place + 4, struct.unpack_from(">I", data, place)[0]
