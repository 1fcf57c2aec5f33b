"""The lines and tables of a PDF's pages, without running headers, running footers and page numbers."""

import re
from collections import Counter

from pypdfium2 import PdfDocument, PdfPage

from .borderless_tables import with_borderless_tables
from .characters import read_characters
from .lines import Line, to_lines
from .ruled_tables import take_ruled_tables
from .tables import Page, Table

EDGE = 3  # lines at the top and bottom of a page that can be a running header or footer
MIN_SHARE = 0.4  # of the pages, on which a running header or footer is repeated
PAGE_NUMBER = re.compile(
    r"\W*(?:page|p\.|página|صفحة|第)?\s*(?:\d{1,4}|[ivxlc]{1,6})\W*(?:(?:/|of|de|sur|من)\s*\d{1,4})?\W*页?",
    re.IGNORECASE,
)
PARAGRAPH_NUMBER = re.compile(r"\s*\d{1,4}[.)]\s*")


def read_pages(pdf: PdfDocument) -> list[Page]:
    """Return the lines and tables of each page, from its top to its bottom."""
    return _without_running_headers([_read_page(number, pdf[number]) for number in range(len(pdf))])


def _read_page(number: int, page: PdfPage) -> Page:
    text = page.get_textpage()
    tables, characters = take_ruled_tables(number, page, read_characters(text))
    text.close()
    page.close()
    parts: Page = [*with_borderless_tables(to_lines(number, characters)), *tables]
    return sorted(parts, key=lambda part: -part.baseline)


def _without_running_headers(pages: list[Page]) -> list[Page]:
    """Return the pages without what many of them repeat at the same height, and without page numbers."""
    counts = Counter(text for page in pages for text in {_repeatable(part) for part in _edges(page)})
    repeated = {text for text, count in counts.items() if count >= max(2, MIN_SHARE * len(pages))}
    return [_without_edges(page, repeated) for page in pages]


def _edges(page: Page) -> Page:
    return page[:EDGE] + page[max(EDGE, len(page) - EDGE) :]


def _repeatable(part: Line | Table) -> tuple[str, int]:
    """Return what two pages have in common if they repeat a line: its text, whatever its numbers, and its height."""
    # Tables with different figures are different tables.
    if isinstance(part, Table) and not part.is_fragment:
        return part.text, round(part.baseline / 4)
    return re.sub(r"\d+", "0", part.text.strip()), round(part.baseline / 4)


def _without_edges(page: Page, repeated: set[tuple[str, int]]) -> Page:
    edges = _edges(page)
    kept = [
        part
        for part in page
        if not (part in edges and _repeatable(part) in repeated and not PARAGRAPH_NUMBER.fullmatch(part.text))
    ]
    while kept and _is_page_number(kept[-1], kept[:-1]):
        kept.pop()
    while kept and _is_page_number(kept[0], kept[1:]):
        kept.pop(0)
    return kept


def _is_page_number(part: Line | Table, others: Page) -> bool:
    """Return whether the first or last part of a page is only a number, at a distance from the others."""
    text = part.text.strip()
    if not PAGE_NUMBER.fullmatch(text) or PARAGRAPH_NUMBER.fullmatch(text):
        return False
    return not others or min(abs(other.baseline - part.baseline) for other in others) > 1.6 * part.size
