"""The straight lines that a PDF's page draws across and down: strokes, boxes, and rectangles as thin as a stroke."""

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from pypdfium2 import raw

NEAR = 3  # points within which two lines are one, or touch
THIN = 3  # points that a filled rectangle may be thick to be a line
STRAIGHT = 0.5  # points that a line may be off the level
SHORT = 6  # points: what is shorter is no line of a table
MOST_POINTS = 20_000  # of a page's paths; a page with more is a drawing, such as a map
MOST_RULES = 500  # of a page, for the same reason


class Rule(NamedTuple):
    """A line at `at`, from `begin` to `end`, in points: `at` is a height where it runs across, else a distance."""

    at: float
    begin: float
    end: float

    def covers(self, at: float) -> bool:
        """Whether the line runs through a point of its own axis, or as good as."""
        return self.begin - NEAR <= at <= self.end + NEAR


def rules(page) -> tuple[list[Rule], list[Rule]]:
    """The lines across and the lines down of a page; none where it is a drawing."""
    across, down = [], []
    for x0, y0, x1, y1, thick in _strokes(page):
        if y1 - y0 <= thick and x1 - x0 > thick:
            across.append(Rule((y0 + y1) / 2, x0, x1))
        elif x1 - x0 <= thick and y1 - y0 > thick:
            down.append(Rule((x0 + x1) / 2, y0, y1))
    across, down = _joined(across), _joined(down)
    return (across, down) if len(across) + len(down) <= MOST_RULES else ([], [])


def clusters(values, at=float) -> list[list]:
    """The values in order, in groups of those near one another."""
    grouped = []
    for value in sorted(values):
        if not grouped or at(value) - at(grouped[-1][0]) > NEAR:
            grouped.append([])
        grouped[-1].append(value)
    return grouped


def _joined(found):
    """Lines in one go, where they were drawn piece by piece or twice."""
    joined = []
    for near in clusters(found, at=lambda rule: rule.at):
        pieces = sorted(near, key=lambda rule: rule.begin)
        whole = pieces[0]
        for piece in pieces[1:]:
            if piece.begin > whole.end + NEAR:
                joined.append(whole)
                whole = piece
            whole = Rule(whole.at, whole.begin, max(whole.end, piece.end))
        joined.append(whole)
    return [rule for rule in joined if rule.end - rule.begin >= SHORT]


def _strokes(page) -> Iterator[tuple[float, float, float, float, float]]:
    """The box of each straight stroke and thin rectangle: left, foot, right, head, and how thick it may be."""
    every = (raw.FPDFPage_GetObject(page, index) for index in range(raw.FPDFPage_CountObjects(page)))
    paths = [one for one in every if raw.FPDFPageObj_GetType(one) == raw.FPDF_PAGEOBJ_PATH]
    if sum(raw.FPDFPath_CountSegments(path) for path in paths) > MOST_POINTS:
        return
    for path in paths:
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, filled, stroked)
        for points in _figures(path) if filled.value or stroked.value else ():
            for part in pairwise(points) if stroked.value else [points]:
                across, up = zip(*part, strict=True)
                yield min(across), min(up), max(across), max(up), STRAIGHT if stroked.value else THIN


def _figures(path):
    """The points of each figure of a path where the page shows them; figures with curves are left out."""
    matrix, figures = raw.FS_MATRIX(), []
    raw.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == raw.FPDF_SEGMENT_MOVETO or not figures:
            figures.append([])
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            figures[-1].append(None)
            continue
        figures[-1].append(
            (matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f)
        )
        if raw.FPDFPathSegment_GetClose(segment):
            figures[-1].append(figures[-1][0])
    return [points for points in figures if len(points) > 1 and None not in points]
