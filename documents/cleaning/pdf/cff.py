"""Fonts in the Compact Font Format (Adobe Technical Note 5176): words are replaced by blanks, so that nothing moves."""

import struct
from itertools import pairwise

STANDARD_STRINGS = 391
CHARSET, CHAR_STRINGS, REGISTRY_ORDERING = 15, 17, (12, 30)
LAST_PREDEFINED_CHARSET = 2

Dict = dict[int | tuple[int, int], list[int]]  # the operands of each operator


def clean_cff(data: bytes) -> bytes:
    """Return a font without notices and names; raise ValueError, IndexError or struct.error if it is not a font."""
    if data[:1] != b"\1" or data[2] < 4:
        raise ValueError("not a CFF font")
    names, end = _index(data, data[2])
    fonts, end = _index(data, end)
    strings, _ = _index(data, end)
    if not fonts:
        raise ValueError("CFF data without a font")
    needed: set[int] = set().union(*(_needed(data, _operands(data[start:stop])) for start, stop in fonts))
    cleaned = bytearray(data)
    for start, stop in names:
        cleaned[start:stop] = b"F" * (stop - start)
    for number, (start, stop) in enumerate(strings, STANDARD_STRINGS):
        if number not in needed:
            cleaned[start:stop] = b" " * (stop - start)
    return bytes(cleaned)


def _index(data: bytes, position: int) -> tuple[list[tuple[int, int]], int]:
    """Return where each item of an INDEX starts and stops, and where the INDEX ends."""
    (count,) = struct.unpack_from(">H", data, position)
    if not count:
        return [], position + 2
    size = data[position + 2]
    table = position + 3
    base = table + (count + 1) * size - 1
    offsets = [
        base + int.from_bytes(data[at : at + size], "big") for at in range(table, table + (count + 1) * size, size)
    ]
    if not 1 <= size <= 4 or offsets != sorted(offsets) or offsets[0] <= base or offsets[-1] > len(data):
        raise ValueError("broken INDEX")
    return list(pairwise(offsets)), offsets[-1]


def _operands(packed: bytes) -> Dict:
    """Return the operands of each operator of a DICT; real numbers count as 0."""
    found: Dict = {}
    operands: list[int] = []
    position = 0
    while position < len(packed):
        first = packed[position]
        if first <= 21:
            operator: int | tuple[int, int] = (12, packed[position + 1]) if first == 12 else first
            found[operator], operands = operands, []
            position += 2 if first == 12 else 1
        else:
            number, position = _number(packed, position)
            operands.append(number)
    return found


def _number(packed: bytes, position: int) -> tuple[int, int]:
    first = packed[position]
    if first == 28:
        return struct.unpack_from(">h", packed, position + 1)[0], position + 3
    if first == 29:
        return struct.unpack_from(">i", packed, position + 1)[0], position + 5
    if first == 30:
        while packed[position + 1] & 0x0F != 0x0F:
            position += 1
        return 0, position + 2
    if 32 <= first <= 246:
        return first - 139, position + 1
    if 247 <= first <= 254:
        sign, base = (1, 247) if first <= 250 else (-1, 251)
        return sign * ((first - base) * 256 + packed[position + 1] + 108), position + 2
    raise ValueError("broken DICT")


def _needed(data: bytes, top: Dict) -> set[int]:
    """Return the numbers of the strings that the font needs to draw: names of glyphs and of character collections."""
    if REGISTRY_ORDERING in top:
        return set(top[REGISTRY_ORDERING][:2])
    position = top.get(CHARSET, [0])[-1]
    glyphs, _ = _index(data, top[CHAR_STRINGS][-1]) if CHAR_STRINGS in top else ([], 0)
    if position <= LAST_PREDEFINED_CHARSET:
        return set()
    return _charset(data, position, len(glyphs) - 1)


def _charset(data: bytes, position: int, count: int) -> set[int]:
    form, position = data[position], position + 1
    if form == 0:
        return set(struct.unpack_from(f">{count}H", data, position))
    if form > 2:
        raise ValueError("broken charset")
    layout = struct.Struct(">HB" if form == 1 else ">HH")
    names: set[int] = set()
    while count > 0:
        first, more = layout.unpack_from(data, position)
        names.update(range(first, first + more + 1))
        count -= more + 1
        position += layout.size
    return names
