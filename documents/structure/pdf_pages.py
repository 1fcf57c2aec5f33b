"""A PDF's pages as lines and tables."""

from documents.structure.pdf_columns import with_columns
from documents.structure.pdf_letters import letters
from documents.structure.pdf_lines import Line, lines
from documents.structure.pdf_tables import Table, tables


def pages(pdf) -> list[list[Line | Table]]:
    """What stands on each page, from its head to its foot."""
    return [_of_page(number, pdf[number]) for number in range(len(pdf))]


def _of_page(number, page):
    text = page.get_textpage()
    found, rest = tables(number, page, letters(text))
    text.close()
    page.close()
    return sorted([*with_columns(lines(number, rest)), *found], key=lambda part: -part.base)
