"""Pages drawn by PDFium as a person sees them, with and without chosen pieces of text."""

import ctypes
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

SCALE = 2.0  # pixels for a point
MAX_PIXELS = 6_000_000  # of a drawn page; a larger one is drawn smaller
MAX_DEPTH = 12  # of forms in forms; each text that is drawn must have its glyph (`glyphs`)
CONTRAST = 8  # of 255: the smallest difference of a colour that counts as seen
THINNEST = 0.2  # points: text as high or as wide as this is a line
SMALLEST = 1.0  # points: text of this size or smaller is a speck

Pixels = NDArray[np.uint8]
Box = tuple[int, int, int, int]  # left, top, right and bottom in pixels; right and bottom are outside
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass
class Piece:
    """A text object of PDFium: what one operator shows. `space` is that of its content stream on the page."""

    handle: Any
    space: Matrix
    drawn: "DrawnPage"
    text: str = ""

    @cached_property
    def matrix(self) -> Matrix:
        """The matrix of its text in its own content stream."""
        return _matrix(self.handle)

    @cached_property
    def box(self) -> Box:
        """Where it is painted."""
        return self.drawn.box_of(self.handle, self.space)

    @cached_property
    def size(self) -> float:
        """The height of its font on the page, in points."""
        up = _product((*self.matrix[:4], 0, 0), self.space)
        return _font_size(self.handle) * float(np.hypot(up[2], up[3]))

    @cached_property
    def is_sliver(self) -> bool:
        """Whether its letters are squeezed to a line. PDFium draws and reads none of them, but other readers may."""
        a, b, c, d, *_ = _product((*self.matrix[:4], 0, 0), self.space)
        longest = max(math.hypot(a, b), math.hypot(c, d))
        return not longest or _font_size(self.handle) * abs(a * d - b * c) / longest <= THINNEST

    @property
    def is_speck(self) -> bool:
        """Whether nobody can read it, because it is too small or too narrow."""
        return self.size <= SMALLEST or self.is_sliver

    @property
    def mode(self) -> int:
        """How it is painted: filled, invisible, as a clipping path."""
        return int(raw.FPDFTextObj_GetTextRenderMode(self.handle))


@dataclass
class DrawnPage:
    """One page of an open PDF. `pieces` and the boxes of `images` are in the order in which they are painted."""

    pdf: pypdfium2.PdfDocument
    index: int
    with_annotations: bool = False
    pieces: list[Piece] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    others: list[Any] = field(default_factory=list)  # the handles of all that is painted besides text

    def __post_init__(self) -> None:
        self.page = self.pdf[self.index]
        self.page.set_rotation(0)  # so that the axes of the picture are those of the page
        self.left, bottom, right, self.top = self.page.get_bbox()
        points = max(1.0, (right - self.left) * (self.top - bottom))
        self.scale = min(SCALE, (MAX_PIXELS / points) ** 0.5)
        count = raw.FPDFPage_CountObjects(self.page)
        self._add([raw.FPDFPage_GetObject(self.page, index) for index in range(count)], IDENTITY, 0)

    def read_texts(self) -> None:
        """Set the text of each piece.

        This asks PDFium for the piece of each character. Asking for the text of each piece takes quadratic time.
        """
        words = self.page.get_textpage()
        texts: dict[int, list[str]] = defaultdict(list)
        for at in range(raw.FPDFText_CountChars(words)):
            if owner := raw.FPDFText_GetTextObject(words, at):
                texts[ctypes.addressof(owner.contents)].append(chr(raw.FPDFText_GetUnicode(words, at)))
        for piece in self.pieces:
            piece.text = "".join(texts[ctypes.addressof(piece.handle.contents)])
        words.close()

    def draw(self) -> Pixels:
        """Return the colours of the page: rows of pixels of four bytes, of which the last is the same for all."""
        bitmap = self.page.render(
            scale=self.scale, may_draw_forms=False, draw_annots=self.with_annotations, prefer_bgrx=True
        )
        return np.ascontiguousarray(bitmap.to_numpy())

    def draw_without(self, hidden: Iterable[Piece]) -> Pixels:
        """Return the colours of the page without some pieces of text."""
        pieces = list(hidden)
        for piece in pieces:
            raw.FPDFPageObj_SetIsActive(piece.handle, False)
        try:
            return self.draw()
        finally:
            for piece in pieces:
                raw.FPDFPageObj_SetIsActive(piece.handle, True)

    def draw_only(self, indexes: Iterable[int]) -> Pixels:
        """Return a drawing of some pieces of text, in black on white, without anything else."""
        alone = DrawnPage(self.pdf, self.index)
        chosen = set(indexes)
        for handle in alone.others:
            raw.FPDFPageObj_SetIsActive(handle, False)
        for index, piece in enumerate(alone.pieces):
            raw.FPDFPageObj_SetIsActive(piece.handle, index in chosen)
            raw.FPDFPageObj_SetFillColor(piece.handle, 0, 0, 0, 255)
            raw.FPDFTextObj_SetTextRenderMode(piece.handle, raw.FPDF_TEXTRENDERMODE_FILL)
        return alone.draw()

    def pixels(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return the box in pixels of a rectangle in points; it may lie outside the picture."""
        return (
            int(np.floor((left - self.left) * self.scale)),
            int(np.floor((self.top - top) * self.scale)),
            int(np.ceil((right - self.left) * self.scale)),
            int(np.ceil((self.top - bottom) * self.scale)),
        )

    def _add(self, handles: Iterable[Any], space: Matrix, depth: int) -> None:
        for handle in handles:
            kind = raw.FPDFPageObj_GetType(handle)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self.pieces.append(Piece(handle, space, self))
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
                count = raw.FPDFFormObj_CountObjects(handle)
                inside = [raw.FPDFFormObj_GetObject(handle, index) for index in range(count)]
                self._add(inside, _product(_matrix(handle), space), depth + 1)
            else:
                self.others.append(handle)
                if kind == raw.FPDF_PAGEOBJ_IMAGE:
                    self.images.append(self.box_of(handle, space))

    def box_of(self, handle: Any, space: Matrix) -> Box:
        """Return the box in pixels of an object of a content stream with this space."""
        sides = [ctypes.c_float() for _ in range(4)]
        if not raw.FPDFPageObj_GetBounds(handle, *map(ctypes.byref, sides)):
            return (0, 0, 0, 0)
        left, bottom, right, top = (side.value for side in sides)
        corners = [_point(x, y, space) for x in (left, right) for y in (bottom, top)]
        across, up = zip(*corners, strict=True)
        if not np.isfinite([*across, *up]).all() or right <= left or top <= bottom:
            return (0, 0, 0, 0)
        return self.pixels(min(across), min(up), max(across), max(up))


def differs(one: Pixels, other: Pixels, contrast: int = CONTRAST) -> NDArray[np.bool_]:
    """Return where two pictures of a page differ so much that a person sees it."""
    changed: NDArray[np.bool_] = (one.view(np.uint32) != other.view(np.uint32)).ravel()
    places = np.flatnonzero(changed)
    # Few pixels differ at all, and only these are compared by colour.
    before, after = (picture.reshape(-1, 4)[places] for picture in (one, other))
    distances = np.maximum(before, after) - np.minimum(before, after)
    changed[places] = (distances > contrast).any(axis=1)
    return changed.reshape(one.shape[:2])


def inside(box: Box, picture: NDArray[Any], margin: int = 0) -> NDArray[Any]:
    """Return the part of a picture in a box, widened by a margin; it is empty if the box is outside."""
    left, top, right, bottom = box
    rows, columns = picture.shape[:2]
    return picture[
        min(rows, max(0, top - margin)) : max(0, bottom + margin),
        min(columns, max(0, left - margin)) : max(0, right + margin),
    ]


def _matrix(handle: Any) -> Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(handle, found)
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _font_size(handle: Any) -> float:
    size = ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(handle, ctypes.byref(size))
    return abs(size.value)


def _point(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    x, y = _point(e, f, outer)
    return (
        a * outer[0] + b * outer[2], a * outer[1] + b * outer[3],
        c * outer[0] + d * outer[2], c * outer[1] + d * outer[3], x, y,
    )  # fmt: skip
