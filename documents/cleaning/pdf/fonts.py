"""Font programs of a PDF: what draws glyphs stays, and words about the font, its makers and its owners are removed."""

import io
import re
import struct
from collections import Counter
from collections.abc import Iterator

import pikepdf
from fontTools.ttLib import TTLibError
from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter

from .cff import clean_cff

PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
# The tables that glyphs are found, drawn and set with (ISO 32000-2, 9.9), and those that viewers use besides.
TABLES = {"head", "hhea", "hmtx", "maxp", "loca", "glyf", "cvt ", "fpgm", "prep", "cmap", "post", "OS/2", "CFF ",
          "vhea", "vmtx", "VORG", "GSUB"}  # fmt: skip
SFNT_SIGNATURES = (b"\0\1\0\0", b"true", b"OTTO", b"ttcf")
TYPE1_SIGNATURE = re.compile(rb"(?:\x80\x01.{4})?%!(?:PS-AdobeFont|FontType1?)-?[\d.]*", re.DOTALL)
POSTSCRIPT_DELIMITER = re.compile(rb"\\.|[()%\r\n]", re.DOTALL)
HEXADECIMAL_STRING = re.compile(rb"<[0-9A-Fa-f\s]+>")
FONT_NAME = re.compile(rb"(/FontName\s*/)([^\s/{}()<>\[\]]+)")
BEGIN_ENCRYPTED = re.compile(rb"\bcurrentfile\s+eexec\b")
TRAILER = b"cleartomark"


def clean_font_programs(descriptor: pikepdf.Object, found: Counter[str]) -> None:
    """Clean the program of a font; one that cannot be read is removed, and viewers substitute a font of their own."""
    for key in PROGRAMS:
        stream = descriptor.get(key)
        if not isinstance(stream, pikepdf.Stream):
            continue
        try:
            old = stream.read_bytes()
            new = clean_font(old)
        except (ValueError, LookupError, struct.error, AssertionError, TTLibError, pikepdf.PdfError):
            found["objects"] += 1
            del descriptor[key]
            continue
        if new != old:
            found["properties"] += 1
            stream.write(new)
            if key == "/FontFile2":
                stream["/Length1"] = len(new)


def clean_font(data: bytes) -> bytes:
    """Return a font program without words, in the format that its first bytes tell; raise what its parser raises."""
    if data.startswith(SFNT_SIGNATURES):
        return _clean_sfnt(data)
    if signature := TYPE1_SIGNATURE.match(data):
        return _clean_type1(data, signature.end())
    return clean_cff(data)


def _clean_sfnt(data: bytes) -> bytes:
    reader = SFNTReader(io.BytesIO(data), fontNumber=0)
    kept = sorted(TABLES & set(reader.keys()))
    file = io.BytesIO()
    writer = SFNTWriter(file, len(kept), reader.sfntVersion)
    for name in kept:
        entry = reader.tables[name]
        # Not read by fontTools, which rejects a last table that is truncated.
        writer[name] = _clean_table(name, data[entry.offset : entry.offset + entry.length])
    writer.close()
    return file.getvalue()


def _clean_table(name: str, table: bytes) -> bytes:
    if name == "CFF ":
        return clean_cff(table)
    if name == "head" and len(table) >= 36:
        return table[:20] + bytes(16) + table[36:]  # the dates of creation and modification
    return table


def _clean_type1(data: bytes, start: int) -> bytes:
    """Return a Type 1 font of the same length, since the PDF records the lengths of its parts.

    `start` is where the header ends.
    """
    encrypted = BEGIN_ENCRYPTED.search(data)
    if not encrypted:
        raise ValueError("Type 1 font without an encrypted part")
    end = encrypted.start()
    trailer = data.rfind(TRAILER, end)
    last = trailer + len(TRAILER) if trailer > 0 else len(data)
    clear = _without_strings(b"%" + data[start:end])[1:]  # the rest of the first line is a comment
    return data[:start] + clear + data[end:last] + _without_words(data[last:])


def _without_strings(clear: bytes) -> bytes:
    """Return a PostScript program of the same length, with blanks for its strings and comments."""
    cleaned = bytearray(HEXADECIMAL_STRING.sub(lambda match: b"<" + b"0" * (len(match[0]) - 2) + b">", clear))
    for start, stop in _strings(clear):
        cleaned[start:stop] = b" " * (stop - start)
    return FONT_NAME.sub(lambda found: found[1] + b"F" * len(found[2]), bytes(cleaned))


def _strings(clear: bytes) -> Iterator[tuple[int, int]]:
    """Yield where each string, without its parentheses, and each comment starts and stops."""
    depth, start, is_comment = 0, 0, False
    for match in POSTSCRIPT_DELIMITER.finditer(clear):
        sign = match[0] if depth else match[0][-1:]  # outside strings, a backslash has no effect
        if is_comment:
            if sign in b"\r\n":
                is_comment = False
                yield start, match.end() - 1
        elif depth or sign == b"(":
            start = start if depth else match.end()
            depth += (sign == b"(") - (sign == b")")
            if not depth:
                yield start, match.start()
        elif sign == b"%":
            is_comment, start = True, match.end() - 1
    if depth or is_comment:
        yield start, len(clear)


def _without_words(tail: bytes) -> bytes:
    return tail if re.fullmatch(rb"\s*(?:\{restore\}if)?\s*(?:\x80\x03)?\s*", tail) else b" " * len(tail)
