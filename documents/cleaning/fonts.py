"""Font programs in a PDF: what draws the letters stays as it is, words about makers and owners go."""

import io
import re
import struct
from collections import Counter
from itertools import pairwise

from fontTools.cffLib import CFFFontSet
from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter

OUTLINES = (b"\0\1\0\0", b"true", b"OTTO")
# The tables that a reader of PDF draws from (ISO 32000-2, 9.9); others speak of names, rights and signatures.
TABLES = {"cmap", "cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep", "OS/2", "post", "CFF ",
          "vhea", "vmtx", "VORG"}  # fmt: skip
WORDS = re.compile(rb"(/(?:version|Notice|FullName|FamilyName|Weight|Copyright)\s*\()((?:\\.|[^\\()])*)(?=\))")
REMARK = re.compile(rb"(%(?:!(?:PS-AdobeFont|FontType1)-[\d.]+)?)([^\r\n]*)")


def clean(data: bytes, found: Counter) -> bytes:
    """Return a font program without words; one that cannot be read is left, as readers can't read it either."""
    try:
        cleaned = _cleaned(data)
    except Exception:  # whatever breaks its parser, the rest of the document is still good
        return data
    found["properties"] += cleaned != data
    return cleaned


def _cleaned(data: bytes) -> bytes:
    if data.startswith(OUTLINES):
        return _tables(data)
    if data.startswith((b"%!", b"\x80\x01")):
        return _type1(data)
    return cff(data) if data.startswith(b"\1") else data


def _tables(data: bytes) -> bytes:
    reader = SFNTReader(io.BytesIO(data))
    tables = {name: reader[name] for name in reader.keys() if name in TABLES}  # noqa: SIM118
    if "head" in tables:
        tables["head"] = tables["head"][:20] + bytes(16) + tables["head"][36:]  # when it was made and changed
    if "CFF " in tables:
        tables["CFF "] = cff(tables["CFF "])
    if len(tables) == len(reader.keys()) and all(reader[name] == content for name, content in tables.items()):
        return data
    file = io.BytesIO()
    writer = SFNTWriter(file, len(tables), reader.sfntVersion)
    for name, content in tables.items():
        writer[name] = content
    writer.close()
    return file.getvalue()


def _type1(data: bytes) -> bytes:
    """Blank the words and remarks of the part that is not encrypted; lengths stay, since the PDF tells them."""
    end = data.find(b"eexec")
    head = data[:end] if end > 0 else data
    for pattern in (WORDS, REMARK):
        head = pattern.sub(lambda found: found[1] + b" " * len(found[2]), head)
    return head + data[len(head) :]


def cff(data: bytes) -> bytes:
    """Blank the name of a CFF font and all its strings that name no glyph, in their places."""
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), None)
    top = fonts[0]
    needed = {*getattr(top, "ROS", ())[:2]} if hasattr(top, "ROS") else {*top.charset}
    names, place = _index(data, data[2])
    _tops, place = _index(data, place)
    strings, _place = _index(data, place)
    cleaned = bytearray(data)
    for start, end in names:
        cleaned[start:end] = b"F" * (end - start)
    for start, end in strings:
        if data[start:end].decode("latin-1") not in needed:
            cleaned[start:end] = b" " * (end - start)
    return bytes(cleaned)


def _index(data: bytes, place: int) -> tuple[list[tuple[int, int]], int]:
    """Return where the entries of an INDEX stand and where it ends (Adobe TN 5176, 5)."""
    count = struct.unpack_from(">H", data, place)[0]
    if not count:
        return [], place + 2
    size = data[place + 2]
    table = place + 3
    start = table + (count + 1) * size - 1
    offsets = [int.from_bytes(data[table + n * size : table + (n + 1) * size], "big") for n in range(count + 1)]
    return [(start + one, start + other) for one, other in pairwise(offsets)], start + offsets[-1]
