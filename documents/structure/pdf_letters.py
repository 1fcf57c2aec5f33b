"""The letters of a PDF's page: what they are, where they stand and how they look."""

import ctypes
import re
from dataclasses import dataclass
from typing import NamedTuple

from pypdfium2 import raw

BOLD = 700  # of the weight that PDFium makes of a font's stems: a guess, which only counts where the name says nothing
NAMED_BOLD = re.compile(r"bold|black|heavy|(?:cm|ec|sf)bx")
NAMED_OTHERWISE = re.compile(r"regular|roman\b|book|light|medium|italic|oblique")
ITALIC_FLAG, BOLD_FLAG = 1 << 6, 1 << 18  # of a font's descriptor (ISO 32000-1, table 123)
SLANTED = 0.15  # of a letter's height, by which a program leans letters whose font has no italic
OUTLINED = (raw.FPDF_TEXTRENDERMODE_FILL_STROKE, raw.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP)


class Look(NamedTuple):
    """How letters look; `size` is that on the page, in points."""

    size: float
    bold: bool
    italic: bool


@dataclass(slots=True)
class Letter:
    """One character: what, where its box and its baseline are (points, from the page's lower left), and its look.

    `begin` is where the writer set it, which tells the order of letters better than their boxes do.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    italic: bool = False
    begin: float = 0


def letters(text) -> list[Letter]:
    """The letters of a page (a `PdfTextPage`), in the order that PDFium gives them."""
    looks, found = {}, []
    box, point = [ctypes.c_double() for _ in range(4)], [ctypes.c_double() for _ in range(2)]
    for index in range(text.count_chars()):
        raw.FPDFText_GetCharBox(text, index, *box)
        raw.FPDFText_GetCharOrigin(text, index, *point)
        look = _look(text, index, looks)
        found.append(
            Letter(chr(raw.FPDFText_GetUnicode(text, index)), box[0].value, box[1].value, point[1].value, *look,
                   point[0].value)
        )  # fmt: skip
    return found


def _look(text, index, looks):
    """The look of a letter; those that were written in one go share it, and asking PDFium for each takes long."""
    written = raw.FPDFText_GetTextObject(text, index)
    at = ctypes.cast(written, ctypes.c_void_p).value
    if at is None:  # a blank or a line's end that PDFium adds itself
        return _read_look(text, index, None)
    if at not in looks:
        looks[at] = _read_look(text, index, written)
    return looks[at]


def _read_look(text, index, written):
    matrix = raw.FS_MATRIX()
    known = raw.FPDFText_GetMatrix(text, index, matrix)
    name, flags = _font(text, index)
    mode = raw.FPDFTextObj_GetTextRenderMode(written) if written else None
    return Look(
        # Some programs write every letter with size 1 and scale it.
        round(raw.FPDFText_GetFontSize(text, index) * (abs(matrix.d) if known and matrix.d else 1) * 2) / 2,
        bool(NAMED_BOLD.search(name)) or bool(flags & BOLD_FLAG) or mode in OUTLINED
        or (not NAMED_OTHERWISE.search(name) and raw.FPDFText_GetFontWeight(text, index) >= BOLD),
        "italic" in name or "oblique" in name or bool(flags & ITALIC_FLAG)
        or bool(known and not matrix.b and matrix.c > SLANTED * matrix.d > 0),
    )  # fmt: skip


def _font(text, index):
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, name, 128, flags)
    return name.value.decode("utf8", "replace").lower(), flags.value
