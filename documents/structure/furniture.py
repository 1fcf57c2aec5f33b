"""What a PDF's pages print around the text: running heads, feet and page numbers."""

import re
from collections import Counter

from documents.structure.pdf_tables import Table

EDGE = 3  # lines at either end of a page among which furniture is looked for
NUMBER = re.compile(
    r"\W*(?:page|p\.|página|صفحة|第)?\s*(?:\d{1,4}|[ivxlc]{1,6})\W*(?:(?:/|of|de|sur|من)\s*\d{1,4})?\W*页?",
    re.IGNORECASE,
)
ITEM = re.compile(r"\s*\d{1,4}[.)]\s*")


def without(pages):
    """The pages without lines that most of them have at the same height, and without the numbers of pages."""
    seen = Counter(mark for page in pages for mark in {_mark(line) for line in _edges(page)})
    often = {mark for mark, times in seen.items() if times >= max(2, 0.4 * len(pages))}
    return [_bare(page, often) for page in pages]


def _edges(page):
    return page[:EDGE] + page[max(EDGE, len(page) - EDGE) :]


def _mark(line):
    # A table of figures is another than one of other figures, and no furniture.
    if isinstance(line, Table) and not line.is_piece:
        return line.words, round(line.base / 4)
    return re.sub(r"\d+", "0", line.words.strip()), round(line.base / 4)


def _bare(page, often):
    edges = _edges(page)
    kept = [line for line in page if not (line in edges and _mark(line) in often and not ITEM.fullmatch(line.words))]
    while kept and _is_page_number(kept[-1], kept[:-1]):
        kept.pop()
    while kept and _is_page_number(kept[0], kept[1:]):
        kept.pop(0)
    return kept


def _is_page_number(line, others):
    """Whether an outermost line is but a number, apart from the others."""
    words = line.words.strip()
    if not NUMBER.fullmatch(words) or ITEM.fullmatch(words):
        return False
    return not others or min(abs(other.base - line.base) for other in others) > 1.6 * line.size
