"""The tables of a PDF's page: the lines of words in each of their cells."""

import re
from collections import defaultdict

from documents.structure.pdf_grids import grids
from documents.structure.pdf_letters import Letter
from documents.structure.pdf_lines import Line, lines
from documents.structure.pdf_rules import rules

FULL = 1 / 3  # of a table's cells, which have words at least; a form or a chart has fewer
FEWEST = 2  # rows of a table
LONG = 12  # lines that a cell over all columns can have
FIGURES = re.compile(r"[\d\s.,%()+–-]+")
END = Letter("\n", 0, 0, 0, 0)


class Table:
    """A table as far as a page has it: of each row and column the lines of words, none where a cell is merged.

    Among the lines of a page it stands where its head does (`base`).
    """

    def __init__(self, page: int, rows: list[list[list[Line]]], edges: list[float], top: float):
        self.page, self.rows, self.edges, self.base = page, rows, edges, top
        self.size = max(line.size for line in self.lines())
        self.words = " ".join(line.words for line in self.lines())

    def lines(self) -> list[Line]:
        """All its lines, cell by cell."""
        return [line for row in self.rows for cell in row for line in cell]

    @property
    def is_piece(self) -> bool:
        """Whether it is but a row: of a table on the page before or behind, or no table at all."""
        return sum(any(row) for row in self.rows) < FEWEST

    def in_order(self) -> list[list[list[Line]]]:
        """Its rows, the columns as they are read: from the right, where most words are right-to-left."""
        is_rtl = [line.is_rtl for line in self.lines() if any(one.isalpha() for one in line.words)]
        return [row[::-1] for row in self.rows] if sum(is_rtl) > len(is_rtl) / 2 else self.rows


def tables(number: int, page, letters: list[Letter]) -> tuple[list[Table], list[Letter]]:
    """The tables that lines are drawn for on a page, and the letters that stand in none."""
    found = []
    # On a page that is turned, letters lie on their side, and what is a row is not to be told.
    ruled = [] if page.get_rotation() else grids(*rules(page))
    for grid in sorted(ruled, key=lambda grid: (grid.xs[0] - grid.xs[-1]) * (grid.ys[0] - grid.ys[-1])):
        is_frame = len(grid.ys) <= FEWEST and any(grid.holds(other) for other in ruled if other is not grid)
        if is_frame or any(other.holds(grid) for other, _table in found):
            continue
        cells = _sorted(letters, grid)
        own = {cell: lines(number, cells[cell]) for cell in cells if cell is not None}
        if _is_filled(own, set(grid.home.values())) and not _frames_text(grid, own):
            found.append((grid, Table(number, _rows(grid, own), grid.xs, grid.ys[0])))
            letters = cells.get(None, [])
    return [table for _grid, table in found], letters


def _sorted(letters, grid):
    """The letters by the cell they are in; blanks and line's ends are where the letter before them is."""
    cells, at = {}, None
    for letter in letters:
        before = at
        if letter.text.strip():
            at = grid.cell((letter.left + letter.right) / 2, letter.base + letter.size / 4)
        own = cells.setdefault(at, [])
        if at != before and own:
            own.append(END)  # the line has been left, and is not gone on with
        own.append(letter)
    return cells


def _is_filled(cells, homes):
    full = {cell for cell in cells if cells[cell]}
    columns = {column for _row, column in full}
    return len(columns) > 1 and len(full) >= FULL * len(homes)


def _frames_text(grid, cells):
    """Whether the text of a page stands in a row of its own, as in a form that has a frame and a head of boxes."""
    return any(
        len(found) > LONG and column == 0 and grid.last_column(row, 0) == len(grid.xs) - 2
        for (row, column), found in cells.items()
    )


def _rows(grid, cells):
    rows = [[[] for _ in grid.xs[1:]] for _ in grid.ys[1:]]
    for (row, column), found in cells.items():
        for at, part in _spread(found, grid.xs[column + 1 : grid.last_column(row, column) + 1]).items():
            rows[row][column + at] = part
    is_whole_body = len(rows) <= FEWEST and _is_several(rows[-1])
    return [*rows[:-1], *_parted(rows[-1])] if is_whole_body else rows


def _is_several(row):
    """Whether a row without lines in it is several: each cell has as many lines, at one height, and one has figures."""
    heights = [[line.base for line in cell] for cell in row]
    return (
        len(heights[0]) > 1
        and len({len(cell) for cell in heights}) == 1
        and all(max(at) - min(at) < 1 for at in zip(*heights, strict=True))
        and any(all(FIGURES.fullmatch(line.words.strip()) for line in cell) for cell in row)
    )


def _parted(row):
    return [[[line] for line in lines] for lines in zip(*row, strict=True)]


def _spread(found, edges):
    """The lines of merged cells by their columns: where no words run over an edge, a line was but not drawn."""
    free = [edge for edge in edges if not any(_runs_over(line, edge) for line in found)]
    spread = defaultdict(list)
    for line in found:
        parts, at = defaultdict(list), None
        for letter in line.letters:
            if letter.text.strip():
                middle = (letter.left + letter.right) / 2
                at = max((edges.index(edge) + 1 for edge in free if edge <= middle), default=0)
            if at is not None:  # blanks before the first word belong nowhere
                parts[at].append(letter)
        for at, part in parts.items():
            spread[at].append(Line.of(line.page, part))
    return spread


def _runs_over(line, edge):
    before = max((one.right for one in line.letters if one.text.strip() and one.left < edge), default=edge - line.size)
    behind = min((one.left for one in line.letters if one.text.strip() and one.left >= edge), default=edge + line.size)
    return behind - before < line.size
