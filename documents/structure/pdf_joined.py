"""The tables of a PDF that go on over the ends of its pages."""

from documents.structure.pdf_lines import Line, of_one_height
from documents.structure.pdf_rules import NEAR
from documents.structure.pdf_tables import Table

ENDS = (".", "!", "?", ":", ";")


def joined(pages: list[list[Line | Table]]) -> list[list[Line | Table]]:
    """The pages with each table as one, where it begins; a row that belongs to none is lines again."""
    kept, last = [], None
    for number, page in enumerate(pages):
        first = page[0] if page else None
        if isinstance(first, Table) and last and last[1] == number - 1 and goes_on(last[0], first):
            take(last[0], first)
            page = page[1:]
            last = (last[0], number)
        if page:
            last = (page[-1], number) if isinstance(page[-1], Table) else None
        kept.append(page)
    return [_loosened(page) for page in kept]


def goes_on(table: Table, other: Table) -> bool:
    """Whether a table at the head of the next page has the same columns; of one row each, they are no table."""
    return (
        len(table.edges) == len(other.edges)
        and all(abs(own - its) <= NEAR for own, its in zip(table.edges, other.edges, strict=True))
        and not (table.is_piece and other.is_piece)
    )


def take(table: Table, other: Table) -> None:
    """Add the rows of another, without the head that is printed again, and with a row that the page cut as one."""
    again = 0
    while again < min(len(other.rows), len(table.rows)) and _said(other.rows[again]) == _said(table.rows[again]):
        again += 1
    rest = other.rows[again:]
    if rest and _is_cut(table.rows[-1], rest[0]):
        cut = [before + behind for before, behind in zip(table.rows[-1], rest[0], strict=True)]
        table.rows, rest = [*table.rows[:-1], cut], rest[1:]
    table.rows = [*table.rows, *rest]


def _said(row):
    return [" ".join(line.words for line in cell) for cell in row]


def _is_cut(row, next_row):
    """Whether a row goes on in the next: cells have ended before, and all others go on in the middle of a sentence."""
    pairs = [(before, behind) for before, behind in zip(_said(row), _said(next_row), strict=True) if behind]
    return len(pairs) < sum(map(bool, row)) and all(
        before and not before.rstrip().endswith(ENDS) and behind.strip()[:1].islower() for before, behind in pairs
    )


def _loosened(page):
    if not any(isinstance(part, Table) and part.is_piece for part in page):
        return page
    loose = [line for part in page if isinstance(part, Table) and part.is_piece for line in part.lines()]
    kept = [part for part in page if not (isinstance(part, Table) and part.is_piece)]
    return sorted([*kept, *of_one_height(loose)], key=lambda part: -part.base)
