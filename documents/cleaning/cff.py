"""Fonts in the Compact Font Format (Adobe Technical Note 5176): blanks for their words, in place, so nothing moves."""

import struct
from itertools import pairwise

STANDARD_STRINGS = 391
CHARSET, CHAR_STRINGS, REGISTRY_ORDERING = 15, 17, (12, 30)
LAST_PREDEFINED_CHARSET = 2


def clean(data: bytes) -> bytes:
    """Return a font without its notices and names; raises ValueError, IndexError or struct.error for what is none."""
    if data[:1] != b"\1" or data[2] < 4:
        raise ValueError("no CFF")
    names, end = _index(data, data[2])
    fonts, end = _index(data, end)
    strings, _ = _index(data, end)
    if not fonts:
        raise ValueError("CFF without a font")
    needed = set().union(*(_needed(data, _operands(data[start:stop])) for start, stop in fonts))
    cleaned = bytearray(data)
    for start, stop in names:
        cleaned[start:stop] = b"F" * (stop - start)
    for number, (start, stop) in enumerate(strings, STANDARD_STRINGS):
        if number not in needed:
            cleaned[start:stop] = b" " * (stop - start)
    return bytes(cleaned)


def _index(data: bytes, place: int) -> tuple[list[tuple[int, int]], int]:
    """Return where each thing of an INDEX starts and stops, and where the INDEX ends."""
    (count,) = struct.unpack_from(">H", data, place)
    if not count:
        return [], place + 2
    size = data[place + 2]
    table = place + 3
    base = table + (count + 1) * size - 1
    offsets = [
        base + int.from_bytes(data[at : at + size], "big") for at in range(table, table + (count + 1) * size, size)
    ]
    if not 1 <= size <= 4 or offsets != sorted(offsets) or offsets[0] <= base or offsets[-1] > len(data):
        raise ValueError("broken INDEX")
    return list(pairwise(offsets)), offsets[-1]


def _operands(packed: bytes) -> dict[int | tuple[int, int], list[int]]:
    """Return the operands of each operator of a DICT; reals count as 0."""
    found, operands, place = {}, [], 0
    while place < len(packed):
        first = packed[place]
        if first <= 21:
            operator = (12, packed[place + 1]) if first == 12 else first
            found[operator], operands = operands, []
            place += 2 if first == 12 else 1
        else:
            number, place = _number(packed, place)
            operands.append(number)
    return found


def _number(packed: bytes, place: int) -> tuple[int, int]:
    first = packed[place]
    if first == 28:
        return struct.unpack_from(">h", packed, place + 1)[0], place + 3
    if first == 29:
        return struct.unpack_from(">i", packed, place + 1)[0], place + 5
    if first == 30:
        while packed[place + 1] & 0x0F != 0x0F:
            place += 1
        return 0, place + 2
    if 32 <= first <= 246:
        return first - 139, place + 1
    if 247 <= first <= 254:
        sign, base = (1, 247) if first <= 250 else (-1, 251)
        return sign * ((first - base) * 256 + packed[place + 1] + 108), place + 2
    raise ValueError("broken DICT")


def _needed(data: bytes, top: dict) -> set[int]:
    """Return the numbers of the strings without which a font does not draw: names of glyphs and of collections."""
    if REGISTRY_ORDERING in top:
        return set(top[REGISTRY_ORDERING][:2])
    place = top.get(CHARSET, [0])[-1]
    glyphs, _ = _index(data, top[CHAR_STRINGS][-1]) if CHAR_STRINGS in top else ([], 0)
    if place <= LAST_PREDEFINED_CHARSET:
        return set()
    return _charset(data, place, len(glyphs) - 1)


def _charset(data: bytes, place: int, count: int) -> set[int]:
    form, place = data[place], place + 1
    if form == 0:
        return set(struct.unpack_from(f">{count}H", data, place))
    if form > 2:
        raise ValueError("broken charset")
    layout = struct.Struct(">HB" if form == 1 else ">HH")
    names: set[int] = set()
    while count > 0:
        first, more = layout.unpack_from(data, place)
        names.update(range(first, first + more + 1))
        count -= more + 1
        place += layout.size
    return names
