"""A PDF's pages as lines."""

from documents.structure.pdf_letters import letters
from documents.structure.pdf_lines import Line, lines


def pages(pdf) -> list[list[Line]]:
    """What stands on each page, from its head to its foot."""
    return [_of_page(number, pdf[number]) for number in range(len(pdf))]


def _of_page(number, page):
    text = page.get_textpage()
    found = lines(number, letters(text))
    text.close()
    page.close()
    return found
