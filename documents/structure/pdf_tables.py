"""The tables of a PDF's page: the lines of words in each of their cells."""

from documents.structure.pdf_grids import grids
from documents.structure.pdf_letters import Letter
from documents.structure.pdf_lines import Line, lines
from documents.structure.pdf_rules import NEAR, rules

FULL = 1 / 3  # of a table's cells, which have words at least; a form or a chart has fewer
END = Letter("\n", 0, 0, 0, 0)


class Table:
    """A table as far as a page has it: of each row and column the lines of words, none where a cell is merged.

    Among the lines of a page it stands where its head does (`base`).
    """

    def __init__(self, page: int, rows: list[list[list[Line]]], edges: list[float], top: float):
        self.page, self.last_page, self.rows, self.edges, self.base = page, page, rows, edges, top
        self.size = max(line.size for line in self.lines())
        self.words = " ".join(line.words for line in self.lines())

    def lines(self) -> list[Line]:
        """All its lines, cell by cell."""
        return [line for row in self.rows for cell in row for line in cell]

    def in_order(self) -> list[list[list[Line]]]:
        """Its rows, the columns as they are read: from the right, where most words are right-to-left."""
        is_rtl = [line.is_rtl for line in self.lines()]
        return [row[::-1] for row in self.rows] if sum(is_rtl) > len(is_rtl) / 2 else self.rows

    def goes_on_in(self, other: "Table") -> bool:
        """Whether a table at the head of the next page has the same columns."""
        return (
            other.page == self.last_page + 1
            and len(self.edges) == len(other.edges)
            and all(abs(own - its) <= NEAR for own, its in zip(self.edges, other.edges, strict=True))
        )

    def take(self, other: "Table") -> None:
        """Add the rows of another, without the head that is printed again."""
        again = 0
        while again < min(len(other.rows), len(self.rows)) and _said(other.rows[again]) == _said(self.rows[again]):
            again += 1
        self.rows = self.rows + other.rows[again:]
        self.last_page = other.page


def _said(row):
    return [" ".join(line.words for line in cell) for cell in row]


def tables(number: int, page, letters: list[Letter]) -> tuple[list[Table], list[Letter]]:
    """The tables that lines are drawn for on a page, and the letters that stand in none."""
    found = []
    # On a page that is turned, letters lie on their side, and what is a row is not to be told.
    ruled = [] if page.get_rotation() else grids(*rules(page))
    for grid in sorted(ruled, key=lambda grid: (grid.xs[0] - grid.xs[-1]) * (grid.ys[0] - grid.ys[-1])):
        if any(other.holds(grid) for other, _table in found):
            continue
        cells = _sorted(letters, grid)
        own = {cell: lines(number, cells[cell]) for cell in cells if cell is not None}
        if _is_filled(own, set(grid.home.values())):
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
    rows, columns = {row for row, _column in full}, {column for _row, column in full}
    return len(rows) > 1 and len(columns) > 1 and len(full) >= FULL * len(homes)


def _rows(grid, cells):
    return [[cells.get((row, column), []) for column in range(len(grid.xs) - 1)] for row in range(len(grid.ys) - 1)]


def joined(pages: list[list]) -> list[list]:
    """The pages with each table that goes on over their ends as one, where it begins."""
    kept, open_table = [], None
    for page in pages:
        if page and isinstance(page[0], Table) and open_table and open_table.goes_on_in(page[0]):
            open_table.take(page[0])
            page = page[1:]
            open_table = open_table if not page else None
        if page:
            open_table = page[-1] if isinstance(page[-1], Table) else None
        kept.append(page)
    return kept
