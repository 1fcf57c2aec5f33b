"""The grids that a PDF page's ruling lines form, with merged cells.

A ruling line is a horizontal or vertical stroke, an edge of a box, or a rectangle as thin as a stroke.
"""

import ctypes
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any, NamedTuple

from pypdfium2 import PdfPage, raw

TOLERANCE = 3  # points within which two lines are one, or touch
MAX_THICKNESS = 3  # points of a filled rectangle that counts as a line
MAX_SLOPE = 0.5  # points from the one end of a line to the other
MIN_LENGTH = 6  # points: table lines are longer
MAX_POINTS = 20_000  # of a page's paths; a page with more is a drawing, such as a map
MAX_LINES = 500  # of a page, for the same reason
MIN_CELL = 8  # points: what sticks out of a grid by less is not a column or row
MAX_CELLS = 4000  # of a table on one page; a grid with more is hatching or squared paper
SEPARATES = 0.8  # of a cell's edge, which a line must cover to separate the cell from the next

Cell = tuple[int, int]  # row and column, both from 0
Stroke = tuple[float, float, float, float, float]  # left, bottom, right, top, and how thick it may be


class RulingLine(NamedTuple):
    """A line at `at`, from `start` to `end`: `at` is the y of a horizontal line and the x of a vertical one."""

    at: float
    start: float
    end: float

    def covers(self, at: float) -> bool:
        """Return whether the line runs through a point of its own axis, within the tolerance."""
        return self.start - TOLERANCE <= at <= self.end + TOLERANCE


class Grid:
    """The cells of a table. `xs` are its edges from the left, `ys` its edges from the top.

    `merged_into` maps each cell to the first of the cells that it is merged with. It is empty for a grid with too many
    cells.
    """

    def __init__(self, horizontal: list[RulingLine], vertical: list[RulingLine]):
        self.xs = _edges(vertical, horizontal)
        self.ys = _edges(horizontal, vertical)[::-1]
        self.cells = list(product(range(len(self.ys) - 1), range(len(self.xs) - 1)))
        self.merged_into: dict[Cell, Cell] = {}
        if len(self.cells) <= MAX_CELLS:
            self._merge(_lines_at(self.xs, vertical), _lines_at(self.ys, horizontal))

    @property
    def is_table(self) -> bool:
        """Whether there are columns, and every merged cell is a rectangle. Few are in charts and plans."""
        merged = defaultdict(list)
        for cell, first in self.merged_into.items():
            merged[first].append(cell)
        return len({column for _row, column in merged}) > 1 and all(map(_is_rectangle, merged.values()))

    @property
    def area(self) -> float:
        """The area of the grid, in square points."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[0] - self.ys[-1])

    def cell_at(self, x: float, y: float) -> Cell | None:
        """Return the cell that holds a point, the first of those merged; None outside the grid."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[-1] <= y <= self.ys[0]):
            return None
        row, column = bisect(self.ys, -y, key=lambda at: -at) - 1, bisect(self.xs, x) - 1
        return self.merged_into[min(row, len(self.ys) - 2), min(column, len(self.xs) - 2)]

    def last_column(self, row: int, column: int) -> int:
        """Return the last of the columns that are merged into a cell."""
        last = column
        while self.merged_into.get((row, last + 1)) == (row, column):
            last += 1
        return last

    def contains(self, other: "Grid") -> bool:
        """Return whether another grid lies within this one."""
        return (self.xs[0] <= other.xs[0] and other.xs[-1] <= self.xs[-1]
                and self.ys[-1] <= other.ys[-1] and other.ys[0] <= self.ys[0])  # fmt: skip

    def _merge(self, vertical: list[list[RulingLine]], horizontal: list[list[RulingLine]]) -> None:
        """Merge each cell with its neighbours, unless a line runs along their common edge."""
        neighbours = defaultdict(list)
        for row, column in self.cells:
            pairs = []
            if column and not _separates(vertical[column], self.ys[row + 1], self.ys[row]):
                pairs.append((row, column - 1))
            if row and not _separates(horizontal[row], self.xs[column], self.xs[column + 1]):
                pairs.append((row - 1, column))
            for other in pairs:
                neighbours[other].append((row, column))
                neighbours[row, column].append(other)
        for cell in self.cells:
            pending = [cell] if cell not in self.merged_into else []
            while pending:
                at = pending.pop()
                if at not in self.merged_into:
                    self.merged_into[at] = cell
                    pending += neighbours[at]


def find_grids(page: PdfPage) -> list[Grid]:
    """Return the grids of a page: ruling lines that cross or touch, and have columns."""
    horizontal, vertical = ruling_lines(page)
    grids = []
    others = set(vertical)
    while horizontal and others:
        own_horizontal, own_vertical = {horizontal.pop()}, set[RulingLine]()
        new = set(own_horizontal)
        while new:
            new = {line for line in others if any(_touch(one, line) for one in new)}
            others -= new
            own_vertical |= new
            new = {line for line in horizontal if any(_touch(line, one) for one in new)}
            horizontal = [line for line in horizontal if line not in new]
            own_horizontal |= new
        if own_vertical:
            grids.append(Grid(sorted(own_horizontal), sorted(own_vertical)))
    return [grid for grid in grids if grid.is_table]


def _is_rectangle(cells: list[Cell]) -> bool:
    rows, columns = zip(*cells, strict=True)
    return bool((max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) == len(cells))


def _lines_at(edges: list[float], lines: list[RulingLine]) -> list[list[RulingLine]]:
    return [[line for line in lines if abs(line.at - edge) <= TOLERANCE] for edge in edges]


def _touch(horizontal: RulingLine, vertical: RulingLine) -> bool:
    return horizontal.covers(vertical.at) and vertical.covers(horizontal.at)


def _edges(lines: list[RulingLine], others: list[RulingLine]) -> list[float]:
    """Return where the lines of one direction are, with the ends of the other lines where those stick out."""
    edges = [sum(line.at for line in near) / len(near) for near in _clusters(lines)]
    start, end = min(line.start for line in others), max(line.end for line in others)
    return [*[start] * (edges[0] - start > MIN_CELL), *edges, *[end] * (end - edges[-1] > MIN_CELL)]


def _separates(lines: list[RulingLine], start: float, end: float) -> bool:
    return any(min(line.end, end) - max(line.start, start) >= SEPARATES * (end - start) for line in lines)


def ruling_lines(page: PdfPage) -> tuple[list[RulingLine], list[RulingLine]]:
    """Return the horizontal and the vertical lines of a page; none if the page is a drawing."""
    horizontal, vertical = [], []
    for x0, y0, x1, y1, thickness in _strokes(page):
        if y1 - y0 <= thickness and x1 - x0 > thickness:
            horizontal.append(RulingLine((y0 + y1) / 2, x0, x1))
        elif x1 - x0 <= thickness and y1 - y0 > thickness:
            vertical.append(RulingLine((x0 + x1) / 2, y0, y1))
    horizontal, vertical = _joined(horizontal), _joined(vertical)
    return (horizontal, vertical) if len(horizontal) + len(vertical) <= MAX_LINES else ([], [])


def _clusters(lines: list[RulingLine]) -> list[list[RulingLine]]:
    """Return lines in order, in groups of those within the tolerance of the first."""
    groups: list[list[RulingLine]] = []
    for line in sorted(lines):
        if not groups or line.at - groups[-1][0].at > TOLERANCE:
            groups.append([])
        groups[-1].append(line)
    return groups


def _joined(lines: list[RulingLine]) -> list[RulingLine]:
    """Return lines that were drawn in pieces, or twice, as one line each."""
    joined = []
    for near in _clusters(lines):
        pieces = sorted(near, key=lambda line: line.start)
        whole = pieces[0]
        for piece in pieces[1:]:
            if piece.start > whole.end + TOLERANCE:
                joined.append(whole)
                whole = piece
            whole = RulingLine(whole.at, whole.start, max(whole.end, piece.end))
        joined.append(whole)
    return [line for line in joined if line.end - line.start >= MIN_LENGTH]


def _strokes(page: PdfPage) -> Iterator[Stroke]:
    """Yield the box of each straight stroke and of each filled shape."""
    objects = (raw.FPDFPage_GetObject(page, index) for index in range(raw.FPDFPage_CountObjects(page)))
    paths = [one for one in objects if raw.FPDFPageObj_GetType(one) == raw.FPDF_PAGEOBJ_PATH]
    if sum(raw.FPDFPath_CountSegments(path) for path in paths) > MAX_POINTS:
        return
    for path in paths:
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, filled, stroked)
        for points in _subpaths(path) if filled.value or stroked.value else ():
            for part in pairwise(points) if stroked.value else [points]:
                xs, ys = zip(*part, strict=True)
                yield min(xs), min(ys), max(xs), max(ys), MAX_SLOPE if stroked.value else MAX_THICKNESS


def _subpaths(path: Any) -> list[list[tuple[float, float]]]:
    """Return the points of each subpath in page coordinates. Subpaths with curves are left out."""
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(path, matrix)
    subpaths: list[list[tuple[float, float]]] = []
    curved = set()
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == raw.FPDF_SEGMENT_MOVETO or not subpaths:
            subpaths.append([])
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            curved.add(len(subpaths) - 1)
            continue
        subpaths[-1].append(
            (matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f)
        )
        if raw.FPDFPathSegment_GetClose(segment):
            subpaths[-1].append(subpaths[-1][0])
    return [points for at, points in enumerate(subpaths) if len(points) > 1 and at not in curved]
