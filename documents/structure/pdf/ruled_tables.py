"""Tables with ruling lines on a PDF page: which grids are tables, and the text in their cells."""

import re
from collections import defaultdict

from pypdfium2 import PdfPage

from .characters import Character
from .grids import Cell, Grid, find_grids
from .lines import Line, to_lines
from .tables import MIN_ROWS, Row, Table

MIN_FILLED = 1 / 3  # of a table's cells, which have text; forms and charts have less
MAX_LINES = 12  # of text in a cell that spans all columns
FIGURES = re.compile(r"[\d\s.,%()+–-]+")
LINE_END = Character("\n", 0, 0, 0, 0)


def take_ruled_tables(number: int, page: PdfPage, characters: list[Character]) -> tuple[list[Table], list[Character]]:
    """Return the tables of a page that have ruling lines, and the characters outside them."""
    found: list[tuple[Grid, Table]] = []
    # On a rotated page the characters lie on their side, and rows cannot be told from columns.
    grids = [] if page.get_rotation() else find_grids(page)
    for grid in sorted(grids, key=lambda grid: grid.area):
        is_frame = len(grid.ys) <= MIN_ROWS and any(grid.contains(other) for other in grids if other is not grid)
        if is_frame or any(other.contains(grid) for other, _table in found):
            continue
        by_cell = _by_cell(characters, grid)
        cells = {cell: to_lines(number, own) for cell, own in by_cell.items() if cell is not None}
        if _is_filled(cells, set(grid.merged_into.values())) and not _frames_body_text(grid, cells):
            found.append((grid, Table(number, _rows(grid, cells), grid.xs, grid.ys[0])))
            characters = by_cell.get(None, [])
    return [table for _grid, table in found], characters


def _by_cell(characters: list[Character], grid: Grid) -> dict[Cell | None, list[Character]]:
    """Return the characters by their cell. Spaces and line ends belong to the cell of the character before them."""
    cells: dict[Cell | None, list[Character]] = {}
    at: Cell | None = None
    for one in characters:
        before = at
        if one.text.strip():
            at = grid.cell_at((one.left + one.right) / 2, one.baseline + one.size / 4)
        own = cells.setdefault(at, [])
        if at != before and own:
            own.append(LINE_END)  # text that returns to a cell begins a new line
        own.append(one)
    return cells


def _is_filled(cells: dict[Cell, list[Line]], merged: set[Cell]) -> bool:
    filled = {cell for cell in cells if cells[cell]}
    columns = {column for _row, column in filled}
    return len(columns) > 1 and len(filled) >= MIN_FILLED * len(merged)


def _frames_body_text(grid: Grid, cells: dict[Cell, list[Line]]) -> bool:
    """Return whether a row holds the text of the page, as in a form with a frame and boxes at its top."""
    return any(
        len(lines) > MAX_LINES and column == 0 and grid.last_column(row, 0) == len(grid.xs) - 2
        for (row, column), lines in cells.items()
    )


def _rows(grid: Grid, cells: dict[Cell, list[Line]]) -> list[Row]:
    rows: list[Row] = [[[] for _ in grid.xs[1:]] for _ in grid.ys[1:]]
    for (row, column), lines in cells.items():
        inner_edges = grid.xs[column + 1 : grid.last_column(row, column) + 1]
        for at, part in _split_at_edges(lines, inner_edges).items():
            rows[row][column + at] = part
    has_unruled_body = len(rows) <= MIN_ROWS and _holds_several_rows(rows[-1])
    return [*rows[:-1], *_split_rows(rows[-1])] if has_unruled_body else rows


def _holds_several_rows(row: Row) -> bool:
    """Return whether a row is several without lines between them.

    That is so if all cells have the same number of lines, at the same heights, and a column has only figures.
    """
    baselines = [[line.baseline for line in cell] for cell in row]
    return (
        len(baselines[0]) > 1
        and len({len(cell) for cell in baselines}) == 1
        and all(max(at) - min(at) < 1 for at in zip(*baselines, strict=True))
        and any(all(FIGURES.fullmatch(line.text.strip()) for line in cell) for cell in row)
    )


def _split_rows(row: Row) -> list[Row]:
    return [[[line] for line in lines] for lines in zip(*row, strict=True)]


def _split_at_edges(lines: list[Line], edges: list[float]) -> dict[int, list[Line]]:
    """Return the lines of merged cells by column. An edge that no text crosses separates columns without a line."""
    separators = [edge for edge in edges if not any(_crosses(line, edge) for line in lines)]
    columns = defaultdict(list)
    for line in lines:
        parts: dict[int, list[Character]] = defaultdict(list)
        at: int | None = None
        for one in line.characters:
            if one.text.strip():
                middle = (one.left + one.right) / 2
                at = max((edges.index(edge) + 1 for edge in separators if edge <= middle), default=0)
            if at is not None:  # spaces before the first word belong to no column
                parts[at].append(one)
        for column, part in parts.items():
            columns[column].append(Line.of(line.page, part))
    return columns


def _crosses(line: Line, edge: float) -> bool:
    visible = [one for one in line.characters if one.text.strip()]
    before = max((one.right for one in visible if one.left < edge), default=edge - line.size)
    after = min((one.left for one in visible if one.left >= edge), default=edge + line.size)
    return after - before < line.size
