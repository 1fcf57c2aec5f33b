"""Splits the strings of a PDF's text into the codes of their glyphs (ISO 32000-2, 9.7.6.2)."""

import re
from collections.abc import Callable
from typing import Any

from pikepdf import Dictionary, Name, PdfError, Stream

# Predefined encodings that have two bytes for each glyph; others mix lengths, and their strings stay whole.
TWO_BYTES = re.compile(r"/(Identity|Uni\w+-UCS2)(-HW)?-[HV]")
CODE_SPACE = re.compile(rb"begincodespacerange((?:(?!begin[a-z]).)*?)endcodespacerange", re.DOTALL)
RANGE = re.compile(rb"<\s*([0-9a-fA-F\s]+)>\s*<\s*([0-9a-fA-F\s]+)>")

Splitter = Callable[[bytes], list[bytes]]


def splitter_of(font: Any) -> Splitter:
    """Return the function that splits the strings of a font; it returns a string whole if the codes are not known."""
    if not isinstance(font, Dictionary):
        return _whole
    if font.get("/Subtype") != Name.Type0:
        return lambda string: _pieces(string, 1)
    length = _code_length(font.get("/Encoding"))
    return (lambda string: _pieces(string, length)) if length else _whole


def is_vertical(font: Any) -> bool:
    """Return whether the text of a font runs from top to bottom."""
    encoding = font.get("/Encoding") if isinstance(font, Dictionary) else None
    if isinstance(encoding, Stream):
        return encoding.get("/WMode") == 1
    return isinstance(encoding, Name) and str(encoding).endswith("-V") and font.get("/Subtype") == Name.Type0


def _code_length(encoding: Any) -> int:
    """Return how many bytes each code of an encoding has; 0 if they differ or are not known."""
    if isinstance(encoding, Stream):
        try:
            spaces = CODE_SPACE.findall(encoding.read_bytes())
        except PdfError:
            return 0
        lengths = {len(b"".join(low.split())) // 2 for space in spaces for low, _high in RANGE.findall(space)}
        return lengths.pop() if len(lengths) == 1 else 0
    return 2 if TWO_BYTES.fullmatch(str(encoding)) else 0


def _pieces(string: bytes, length: int) -> list[bytes]:
    return [string[at : at + length] for at in range(0, len(string), length)]


def _whole(string: bytes) -> list[bytes]:
    return [string]
