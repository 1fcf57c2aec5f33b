"""The tables of a PDF, and how those that continue on the next page are joined."""

from .grids import TOLERANCE
from .lines import Line, join_by_baseline

MIN_ROWS = 2  # of a table
SENTENCE_ENDS = (".", "!", "?", ":", ";")

Row = list[list[Line]]  # the lines of text in each cell


class Table:
    """A table, or the part of it that is on one page. A cell without lines is empty, or merged into another.

    `edges` are the left edges of the columns, and may end with the right edge of the last. `baseline` is the top edge:
    it places the table among the lines of its page.
    """

    def __init__(self, page: int, rows: list[Row], edges: list[float], top: float):
        self.page, self.rows, self.edges, self.baseline = page, rows, edges, top
        self.size = max(line.size for line in self.lines())
        self.text = " ".join(line.text for line in self.lines())

    def lines(self) -> list[Line]:
        """Return all its lines, cell by cell."""
        return [line for row in self.rows for cell in row for line in cell]

    @property
    def is_fragment(self) -> bool:
        """Whether it has only one row: a row of a table on the page before or after, or no table at all."""
        return sum(any(row) for row in self.rows) < MIN_ROWS

    def rows_in_reading_order(self) -> list[Row]:
        """Return its rows; the columns begin at the right if most of the text is right-to-left."""
        is_rtl = [line.is_rtl for line in self.lines() if any(one.isalpha() for one in line.text)]
        return [row[::-1] for row in self.rows] if sum(is_rtl) > len(is_rtl) / 2 else self.rows


Page = list[Line | Table]


def join_across_pages(pages: list[Page]) -> list[Page]:
    """Return the pages with each table in one piece, where it begins. Rows that belong to no table become lines."""
    kept = []
    last: tuple[Table, int] | None = None  # the table that ends the page with this number
    for number, page in enumerate(pages):
        first = page[0] if page else None
        if isinstance(first, Table) and last and last[1] == number - 1 and _continues(last[0], first):
            _append(last[0], first)
            page = page[1:]
            last = (last[0], number)
        if page:
            last = (page[-1], number) if isinstance(page[-1], Table) else None
        kept.append(page)
    return [_without_fragments(page) for page in kept]


def _continues(table: Table, other: Table) -> bool:
    """Return whether a table at the top of the next page has the same columns. Two single rows are not a table."""
    return (
        len(table.edges) == len(other.edges)
        and all(abs(own - its) <= TOLERANCE for own, its in zip(table.edges, other.edges, strict=True))
        and not (table.is_fragment and other.is_fragment)
    )


def _append(table: Table, other: Table) -> None:
    """Add the rows of the other table. A repeated header is left out, and a row that the page break cut is joined."""
    repeated = 0
    while repeated < min(len(other.rows), len(table.rows)) and _texts(other.rows[repeated]) == _texts(
        table.rows[repeated]
    ):
        repeated += 1
    rest = other.rows[repeated:]
    if rest and _is_cut(table.rows[-1], rest[0]):
        joined = [before + after for before, after in zip(table.rows[-1], rest[0], strict=True)]
        table.rows, rest = [*table.rows[:-1], joined], rest[1:]
    table.rows = [*table.rows, *rest]


def _texts(row: Row) -> list[str]:
    return [" ".join(line.text for line in cell) for cell in row]


def _is_cut(row: Row, next_row: Row) -> bool:
    """Return whether a row continues in the next: some cells have ended, and all others stop within a sentence."""
    pairs = [(before, after) for before, after in zip(_texts(row), _texts(next_row), strict=True) if after]
    return len(pairs) < sum(map(bool, row)) and all(
        before and not before.rstrip().endswith(SENTENCE_ENDS) and after.strip()[:1].islower()
        for before, after in pairs
    )


def _without_fragments(page: Page) -> Page:
    fragments = [part for part in page if isinstance(part, Table) and part.is_fragment]
    if not fragments:
        return page
    kept = [part for part in page if part not in fragments]
    lines = join_by_baseline([line for fragment in fragments for line in fragment.lines()])
    return sorted([*kept, *lines], key=lambda part: -part.baseline)
