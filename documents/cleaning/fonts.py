"""Font programs of a PDF: what draws stays as it is, and words about the font, its makers and its owners go."""

import io
import re
import struct
from collections import Counter

import pikepdf
from fontTools.ttLib import TTLibError
from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter

from documents.cleaning import cff

PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
# What glyphs are found, drawn and set with; ISO 32000-2, 9.9, and what readers take besides.
TABLES = {"head", "hhea", "hmtx", "maxp", "loca", "glyf", "cvt ", "fpgm", "prep", "cmap", "post", "OS/2", "CFF ",
          "vhea", "vmtx", "VORG", "GSUB"}  # fmt: skip
TABLE_STARTS = (b"\0\1\0\0", b"true", b"OTTO", b"ttcf")
MAGIC = re.compile(rb"(?:\x80\x01.{4})?%!(?:PS-AdobeFont|FontType1?)-?[\d.]*", re.DOTALL)
SIGNS = re.compile(rb"\\.|[()%\r\n]", re.DOTALL)
HEXADECIMAL = re.compile(rb"<[0-9A-Fa-f\s]+>")
LOCKED = re.compile(rb"\bcurrentfile\s+eexec\b")
TRAILER = b"cleartomark"


def clean_programs(descriptor: pikepdf.Dictionary, found: Counter) -> None:
    """Clean the program of a font; one that cannot be read goes, and readers put a font of their own in its place."""
    for key in PROGRAMS:
        stream = descriptor.get(key)
        if not isinstance(stream, pikepdf.Stream):
            continue
        try:
            old = stream.read_bytes()
            new = clean(old)
        except (ValueError, LookupError, struct.error, AssertionError, TTLibError, pikepdf.PdfError):
            found["objects"] += 1
            del descriptor[key]
            continue
        if new != old:
            found["properties"] += 1
            stream.write(new)
            if key == "/FontFile2":
                stream.Length1 = len(new)


def clean(data: bytes) -> bytes:
    """Return a font program without words, told by its first bytes as readers do; raises what its parsers raise."""
    if data.startswith(TABLE_STARTS):
        return _clean_tables(data)
    if MAGIC.match(data):
        return _clean_type1(data)
    return cff.clean(data)


def _clean_tables(data: bytes) -> bytes:
    reader = SFNTReader(io.BytesIO(data), fontNumber=0)
    kept = sorted(TABLES & set(reader.keys()))
    file = io.BytesIO()
    writer = SFNTWriter(file, len(kept), reader.sfntVersion)
    for name in kept:
        place = reader.tables[name]
        # Not by the reader itself, which takes offence at a last table that is cut short.
        writer[name] = _clean_table(name, data[place.offset : place.offset + place.length])
    writer.close()
    return file.getvalue()


def _clean_table(name: str, table: bytes) -> bytes:
    if name == "CFF ":
        return cff.clean(table)
    if name == "head" and len(table) >= 36:
        return table[:20] + bytes(16) + table[36:]  # when it was made and changed
    return table


def _clean_type1(data: bytes) -> bytes:
    """Return a Type 1 font of the same length: the lengths of its parts stand in the PDF."""
    locked = LOCKED.search(data)
    if not locked:
        raise ValueError("Type 1 without a part that draws")
    start, end = MAGIC.match(data).end(), locked.start()
    trailer = data.rfind(TRAILER, end)
    last = trailer + len(TRAILER) if trailer > 0 else len(data)
    clear = _without_strings(b"%" + data[start:end])[1:]  # the rest of the first line is a remark
    return data[:start] + clear + data[end:last] + _without_words(data[last:])


def _without_strings(clear: bytes) -> bytes:
    """Return a program in PostScript of the same length, with blanks for its strings and remarks."""
    cleaned = bytearray(HEXADECIMAL.sub(lambda match: b"<" + b"0" * (len(match[0]) - 2) + b">", clear))
    for start, stop in _strings(clear):
        cleaned[start:stop] = b" " * (stop - start)
    return bytes(cleaned)


def _strings(clear: bytes):
    """Yield where each string, without its parentheses, and each remark starts and stops."""
    depth, start, is_remark = 0, 0, False
    for match in SIGNS.finditer(clear):
        sign = match[0] if depth else match[0][-1:]  # outside of strings a backslash has no effect
        if is_remark:
            if sign in b"\r\n":
                is_remark = False
                yield start, match.end() - 1
        elif depth or sign == b"(":
            start = start if depth else match.end()
            depth += (sign == b"(") - (sign == b")")
            if not depth:
                yield start, match.start()
        elif sign == b"%":
            is_remark, start = True, match.end() - 1
    if depth or is_remark:
        yield start, len(clear)


def _without_words(tail: bytes) -> bytes:
    return tail if re.fullmatch(rb"\s*(?:\{restore\}if)?\s*(?:\x80\x03)?\s*", tail) else b" " * len(tail)


def clean_character_map(stream: pikepdf.Stream) -> None:
    """Take the remarks out of a map of characters, which is a program in PostScript."""
    old = stream.read_bytes()
    new = re.sub(rb"%[^\r\n]*", b"", old)
    if new != old:
        stream.write(new)
