"""The characters of a PDF page: their text, their position and their format."""

import ctypes
import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from pypdfium2 import PdfTextPage, raw

BOLD_WEIGHT = 700  # PDFium guesses the weight from the font's stems, so it counts only where the name says nothing
BOLD_NAME = re.compile(r"bold|black|heavy|(?:cm|ec|sf)bx")
NOT_BOLD_NAME = re.compile(r"regular|roman\b|book|light|medium|italic|oblique")
ITALIC_FLAG, BOLD_FLAG = 1 << 6, 1 << 18  # of a font descriptor (ISO 32000-1, table 123)
SLANT = 0.15  # of a character's height, from which a slanted character counts as italic
STROKED = (raw.FPDF_TEXTRENDERMODE_FILL_STROKE, raw.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP)


class Format(NamedTuple):
    """The format of characters; `size` is their size on the page, in points."""

    size: float
    bold: bool
    italic: bool


@dataclass(slots=True)
class Character:
    """One character with its box, baseline and format.

    `origin` is where the writing program placed it. It tells the order of characters better than their boxes do.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False
    italic: bool = False
    origin: float = 0


def read_characters(page: PdfTextPage) -> list[Character]:
    """Return the characters of a page in PDFium's order."""
    formats: dict[int, Format] = {}
    characters = []
    box, origin = [ctypes.c_double() for _ in range(4)], [ctypes.c_double() for _ in range(2)]
    for index in range(page.count_chars()):
        raw.FPDFText_GetCharBox(page, index, *box)
        raw.FPDFText_GetCharOrigin(page, index, *origin)
        characters.append(
            Character(chr(raw.FPDFText_GetUnicode(page, index)), box[0].value, box[1].value, origin[1].value,
                      *_format(page, index, formats), origin[0].value)
        )  # fmt: skip
    return characters


def _format(page: PdfTextPage, index: int, formats: dict[int, Format]) -> Format:
    """Return the format of a character. All characters of a text object share it, and asking PDFium takes long."""
    text_object = raw.FPDFText_GetTextObject(page, index)
    address = ctypes.cast(text_object, ctypes.c_void_p).value
    if address is None:  # a space or line end that PDFium added
        return _read_format(page, index, None)
    if address not in formats:
        formats[address] = _read_format(page, index, text_object)
    return formats[address]


def _read_format(page: PdfTextPage, index: int, text_object: Any) -> Format:
    matrix = raw.FS_MATRIX()
    has_matrix = raw.FPDFText_GetMatrix(page, index, matrix)
    name, flags = _font(page, index)
    mode = raw.FPDFTextObj_GetTextRenderMode(text_object) if text_object else None
    # Some programs write every character with size 1 and scale it.
    scale = abs(matrix.d) if has_matrix and matrix.d else 1
    return Format(
        round(raw.FPDFText_GetFontSize(page, index) * scale * 2) / 2,
        bool(BOLD_NAME.search(name)) or bool(flags & BOLD_FLAG) or mode in STROKED
        or (not NOT_BOLD_NAME.search(name) and raw.FPDFText_GetFontWeight(page, index) >= BOLD_WEIGHT),
        "italic" in name or "oblique" in name or bool(flags & ITALIC_FLAG)
        or bool(has_matrix and not matrix.b and matrix.c > SLANT * matrix.d > 0),
    )  # fmt: skip


def _font(page: PdfTextPage, index: int) -> tuple[str, int]:
    """Return the name of a character's font in lower case, and the flags of its descriptor."""
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(page, index, name, 128, flags)
    return name.value.decode("utf8", "replace").lower(), flags.value
