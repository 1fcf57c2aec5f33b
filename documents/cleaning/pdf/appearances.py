"""Appearances of typed text (ISO 32000-2, 12.7.4.3), for annotations that have none or one that does not show it."""

import ctypes
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, Stream
from pypdfium2 import raw

SHOWS_TEXT = re.compile(rb"""[)>\]]\s*(?:T[jJ]|'|")""")
SIZE = re.compile(r"(-?[\d.]+)\s+Tf\b")
COLOUR = re.compile(r"((?:[\d.]+\s+){1,4})(g|rg|k)\b")
OPERANDS = {"g": 1, "rg": 3, "k": 4}
COLOUR_OPERATORS = {1: "g", 3: "rg", 4: "k"}
PADDING = 2.0  # points between a box and its text
LEADING = 1.2  # of the size of the font: the distance between two lines
UNKNOWN_WIDTH = 0.6  # of the size of the font
USUAL_SIZE, SMALLEST_SIZE, STEP = 12.0, 3.0, 0.5  # points
# How much of its box our own layout of a text may exceed before the existing drawing of it counts as cut off.
TOLERANCE = 1.15
# Text in a box that is turned: the matrix, by the degrees, for a box of width w and height h.
TURNED = {90: (0, 1, -1, 0, 1, 0), 180: (-1, 0, 0, -1, 1, 1), 270: (0, -1, 1, 0, 0, 1)}


@dataclass(frozen=True)
class TypedText:
    """Text in a box: `look` is its default appearance string, `paper` and `frame` are colours or None."""

    text: str
    look: str
    is_multiline: bool
    turn: int = 0
    paper: Any = None
    frame: Any = None


def shows_text(annotation: Object) -> bool:
    """Return whether the normal appearance of an annotation has text or draws something else that may have some."""
    stream = normal_appearance(annotation)
    if stream is None:
        return False
    resources = stream.get("/Resources")
    return bool(SHOWS_TEXT.search(stream.read_bytes())) or (
        isinstance(resources, Dictionary) and bool(resources.get("/XObject"))
    )


def shows(annotation: Object, text: str) -> bool:
    """Return whether the normal appearance of an annotation is known to show just this text."""
    stream = normal_appearance(annotation)
    escaped = re.sub(r"([\\()])", r"\\\1", text).encode("cp1252", "replace")
    return stream is not None and b"(" + escaped + b")" in stream.read_bytes()


def normal_appearance(annotation: Object) -> Object | None:
    """Return the stream that draws an annotation, in its present state; None if it has none."""
    appearances = annotation.get("/AP")
    normal = appearances.get("/N") if isinstance(appearances, Dictionary) else None
    if isinstance(normal, Dictionary):
        normal = normal.get(str(annotation.get("/AS", "/Off")))
    return normal if isinstance(normal, Stream) else None


def is_cut_off(annotation: Object, typed: TypedText) -> bool:
    """Return whether a text in the size of its font does not fit into its box, so that a part of it is not drawn."""
    width, height = _box(annotation, typed.turn)
    size = _size(typed.look)
    return bool(size) and not _fits(typed, size, width * TOLERANCE, height * TOLERANCE)


def helvetica(pdf: pikepdf.Pdf) -> Object:
    """Return a new font of a PDF, which all drawings of typed text share: viewers take long to load many."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    return pdf.make_indirect(font)


def draw_typed_text(pdf: pikepdf.Pdf, annotation: Object, typed: TypedText, font: Object) -> bool:
    """Give an annotation an appearance that shows its whole text; return whether that is possible."""
    width, height = _box(annotation, typed.turn)
    ways = [typed, replace(typed, is_multiline=True)]  # one long line is broken before it is lost
    fitting = ((way, size) for way in ways for size in _sizes(way, height) if _fits(way, size, width, height))
    typed, size = next(fitting, (typed, 0.0))
    try:
        lines = [line.encode("cp1252") for line in _lines(typed, size, width)] if size else []
    except UnicodeEncodeError:
        lines = []
    if not lines:
        return False
    top = height - PADDING - size if typed.is_multiline else (height - size * 0.7) / 2
    shown = "".join(f"<{line.hex()}> Tj T* " for line in lines)
    content = (
        f"{_paper(typed, width, height)}/Tx BMC q BT {_colour(typed.look)} /F {size:g} Tf {size * LEADING:g} TL "
        f"{PADDING:g} {top:g} Td {shown}ET Q EMC"
    )
    annotation["/AP"] = Dictionary(N=pdf.make_stream(
        content.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, width, height]),
        Matrix=Array(_matrix(typed.turn, width, height)),
        Resources=Dictionary(Font=Dictionary(F=font)),
    ))  # fmt: skip
    return True


def _box(annotation: Object, turn: int) -> tuple[float, float]:
    left, bottom, right, top = (float(side) for side in annotation["/Rect"])
    width, height = abs(right - left), abs(top - bottom)
    return (height, width) if turn % 180 else (width, height)


def _size(look: str) -> float:
    found = SIZE.search(look)
    return abs(float(found[1])) if found else 0.0


def _sizes(typed: TypedText, height: float) -> list[float]:
    """Return the sizes to try, from the wanted one downwards."""
    wanted = _size(typed.look) or min(USUAL_SIZE, USUAL_SIZE if typed.is_multiline else height * 0.75)
    smaller = (wanted - STEP * number for number in range(int((wanted - SMALLEST_SIZE) / STEP) + 1))
    return [wanted, *(size for size in smaller if size < wanted)]


def _fits(typed: TypedText, size: float, width: float, height: float) -> bool:
    lines = _lines(typed, size, width)
    is_narrow = all(_width(line) * size <= width - 2 * PADDING for line in lines)
    return is_narrow and (len(lines) - 1) * size * LEADING + size <= height - (PADDING if typed.is_multiline else 0)


def _lines(typed: TypedText, size: float, width: float) -> list[str]:
    """Return the lines of a text, broken at spaces where its box is too narrow for it."""
    written = typed.text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    if not typed.is_multiline:
        return [written.replace("\n", " ")]
    lines: list[str] = []
    for paragraph in written.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and _width(longer) * size > width - 2 * PADDING:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


def _width(text: str) -> float:
    """Return the width of a text in Helvetica, as a multiple of the size of the font."""
    advances = _advances()
    return sum(advances.get(letter, UNKNOWN_WIDTH) for letter in text)


@cache
def _advances() -> dict[str, float]:
    """Return the width of each letter of Helvetica that is in the encoding."""
    pdf, width = pypdfium2.PdfDocument.new(), ctypes.c_float()
    font = raw.FPDFText_LoadStandardFont(pdf, b"Helvetica")
    advances = {}
    for letter in bytes(range(32, 256)).decode("cp1252", "ignore"):
        if raw.FPDFFont_GetGlyphWidth(font, ord(letter), 1.0, ctypes.byref(width)):
            advances[letter] = width.value
    raw.FPDFFont_Close(font)
    pdf.close()
    return advances


def _colour(look: str) -> str:
    found = COLOUR.findall(look)
    numbers, operator = found[-1] if found else ("0", "g")
    return f"{' '.join(numbers.split()[-OPERANDS[operator] :])} {operator}"


def _paper(typed: TypedText, width: float, height: float) -> str:
    """Return the instructions that draw what is behind and around a text."""
    parts = []
    if paper := _numbers(typed.paper):
        parts.append(f"q {' '.join(paper)} {COLOUR_OPERATORS[len(paper)]} 0 0 {width:g} {height:g} re f Q ")
    if frame := _numbers(typed.frame):
        stroke = COLOUR_OPERATORS[len(frame)].upper()
        parts.append(f"q {' '.join(frame)} {stroke} 0.5 0.5 {width - 1:g} {height - 1:g} re S Q ")
    return "".join(parts)


def _numbers(colour: Any) -> list[str]:
    numbers = [f"{float(one):g}" for one in colour] if isinstance(colour, Array) else []
    return numbers if len(numbers) in COLOUR_OPERATORS else []


def _matrix(turn: int, width: float, height: float) -> list[float]:
    a, b, c, d, x, y = TURNED.get(turn % 360, (1, 0, 0, 1, 0, 0))
    across, up = (height, width) if turn % 180 else (width, height)
    return [a, b, c, d, x * across, y * up]
