"""Tables without ruling lines on a PDF page: rows of short texts in the same columns.

In case of doubt, lines stay text.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from .characters import Character
from .lines import Line
from .tables import Page, Table

MIN_GAP = 1.2  # of a line's size, between the texts of two columns
MIN_ROWS = MIN_COLUMNS = 3
EDGE_TOLERANCE = 2  # points by which the edges of a column differ
MIN_ALIGNED = 0.8  # of a column's cells, which are aligned at one edge
MAX_STEP = 1.8  # times the smallest distance between two rows, from which rows are not of one table
MAX_DISTANCE = 4  # times a line's size, for the same
NEAR = 1.1  # times the largest distance between two rows, within which a line can belong to one of them
MAX_WORDS = 4.5  # in a cell on average, from which a column is prose; a table has one such column at most
LABEL = re.compile(r"(?:\d{1,4}|[a-z]{1,4}|[ivx]+)[.)]|\([a-z\d]{1,4}\)|\W|\uf0b7", re.IGNORECASE)

Column = tuple[float, float]  # left and right edge, in points


def with_borderless_tables(lines: list[Line]) -> Page:
    """Return the lines of a page, with those that are rows of a table as that table."""
    rows = [_cells(line) for line in lines]
    parts: Page = []
    at = 0
    while at < len(lines):
        end = _end_of_columns(rows, at)
        columns = _columns(cell for row in rows[at:end] for cell in row)
        if end - at >= MIN_ROWS and _is_table(rows[at:end], columns) and _is_complete(rows, at, end, columns):
            parts.append(_table(rows[at:end], columns))
            at = end
        else:
            parts.append(lines[at])
            at += 1
    return parts


def _cells(line: Line) -> list[Line]:
    """Return the parts of a line between wide gaps, from the left."""
    visible = sorted((one for one in line.characters if one.text.strip()), key=lambda one: one.left)
    ends = [before.right for before, one in pairwise(visible) if one.left - before.right > MIN_GAP * line.size]
    if not ends:
        return [line]
    parts: list[list[Character]] = [[] for _ in range(len(ends) + 1)]
    at = 0
    for one in line.characters:
        if one.text.strip():
            at = sum(one.left > end for end in ends)
        parts[at].append(one)
    return [Line.of(line.page, part) for part in parts]


def _end_of_columns(rows: list[list[Line]], start: int) -> int:
    """Return the index after the last row that continues the columns of the first, each close below the one before."""
    columns, end, steps = _columns(rows[start]), start + 1, []
    while end < len(rows) and len(columns) >= MIN_COLUMNS and len(rows[end]) > 1:
        steps.append(rows[end - 1][0].baseline - rows[end][0].baseline)
        is_far = steps[-1] > MAX_DISTANCE * rows[end][0].size or max(steps) > MAX_STEP * min(steps)
        wider = _columns(rows[end], columns)
        if is_far or len(wider) != len(columns) or not _has_own_columns(rows[end], wider):
            break
        columns, end = wider, end + 1
    return end


def _columns(cells: Iterable[Line], before: Sequence[Column] = ()) -> list[Column]:
    """Return the columns that cells form together with earlier columns. Cells that overlap share a column."""
    columns: list[Column] = []
    for left, right in sorted([*before, *((cell.left, cell.right) for cell in cells)]):
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(right, columns[-1][1]))
        else:
            columns.append((left, right))
    return columns


def _has_own_columns(row: list[Line], columns: list[Column]) -> bool:
    own = [_column_of(cell, columns) for cell in row]
    return len(set(own)) == len(own)


def _column_of(cell: Line, columns: list[Column]) -> int | None:
    return next((at for at, (left, right) in enumerate(columns) if left <= cell.left and cell.right <= right), None)


def _is_table(rows: list[list[Line]], columns: list[Column]) -> bool:
    """Return whether rows in columns are a table, and not text in columns, numbered text or a table of contents."""
    by_column = [
        [cell for row in rows for cell in row if _column_of(cell, columns) == at] for at in range(len(columns))
    ]
    full = sum(len(row) == len(columns) for row in rows)
    are_labels = [all(LABEL.fullmatch(cell.text.strip()) for cell in cells) for cells in by_column]
    are_prose = [sum(len(cell.text.split()) for cell in cells) > MAX_WORDS * len(cells) for cells in by_column]
    is_spaced = min(after[0] - before[1] for before, after in pairwise(columns)) > rows[0][0].size
    is_contents = (
        are_labels[0] and len(columns) == MIN_COLUMNS and all(cell.text.strip().isdigit() for cell in by_column[-1])
    )
    return (full >= MIN_ROWS and are_labels.count(False) > 1 and sum(are_prose) <= 1 and is_spaced and not is_contents
            and all(map(_is_aligned, by_column)))  # fmt: skip


def _is_aligned(cells: list[Line]) -> bool:
    """Return whether most cells of a column are aligned at the left, at the right or in the middle."""
    edges = ([one.left for one in cells], [one.right for one in cells], [(one.left + one.right) / 2 for one in cells])
    return any(
        sum(abs(at - median(edge)) <= EDGE_TOLERANCE for at in edge) >= max(MIN_ROWS, MIN_ALIGNED * len(edge))
        for edge in edges
    )


def _is_complete(rows: list[list[Line]], start: int, end: int, columns: list[Column]) -> bool:
    """Return whether rows are a whole table. If a cell had several lines, the rows could not be told apart."""
    step = max(before[0].baseline - row[0].baseline for before, row in pairwise(rows[start:end]))
    after, before = rows[end - 1 : end + 2], rows[max(0, start - 2) : start + 1][::-1]
    return not any(_has_more_lines(beside, columns, NEAR * step) for beside in (after, before))


def _has_more_lines(beside: list[list[Line]], columns: list[Column], step: float) -> bool:
    """Return whether a table has more lines than its rows. `beside` are its outermost row and the next two outside."""
    if len(beside) < 2 or len(beside[1]) > 1 or abs(beside[0][0].baseline - beside[1][0].baseline) > step:
        return False
    line = beside[1][0]
    own = [at for at, (left, right) in enumerate(columns) if line.left < right and left < line.right]
    fits = len(beside) > 2 and len(beside[2]) > 1 and len(_columns(beside[2], columns)) == len(columns)
    return len(own) == 1 and (own[0] > 0 or fits)


def _table(rows: list[list[Line]], columns: list[Column]) -> Table:
    cells = [[[cell for cell in row if _column_of(cell, columns) == at] for at in range(len(columns))] for row in rows]
    left_edges = [left for left, _right in columns]
    return Table(rows[0][0].page, cells, left_edges, rows[0][0].baseline)
