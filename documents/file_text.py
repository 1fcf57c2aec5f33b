"""The text of a file as pages of the site show it: by page and paragraph, each with an address.

The third paragraph on page 12 of a PDF is `#page-12-p3`. Other files have no fixed pages, and their third paragraph is
`#p3`. A long file is in several parts, and `?page=` chooses one, so changing the size of parts changes addresses.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import Http404

from text.paragraphs import plain_paragraphs

from .models import Document, Kind

PAGES_SHOWN = 20  # of a PDF in one part
CHARACTERS_SHOWN = 60_000  # of other files in one part, about twenty pages
SHORT, OPENING = 60, 2  # characters of a paragraph that may be a heading, and paragraphs that describe a part
TEXTS_KEPT = 100  # in memory: those that are being read or indexed

NUMBER = re.compile(r"[1-9][0-9]{0,3}")

split_text = lru_cache(TEXTS_KEPT)(plain_paragraphs)


@dataclass(frozen=True)
class FileParagraph:
    """A paragraph with its number on its page, or in a file without pages, and its address on the page of the site."""

    text: str
    number: int
    anchor: str


@dataclass(frozen=True)
class FilePage:
    """A page of a PDF; without a number, the text of another file, or as much of it as is in one part."""

    number: int | None
    paragraphs: Sequence[FileParagraph]

    @property
    def anchor(self) -> str:
        """Its address on the page of the site, if it has a number."""
        return f"page-{self.number}" if self.number else ""


@dataclass(frozen=True)
class FilePart:
    """What one page of the site shows of a file."""

    number: int
    pages: Sequence[FilePage]

    @property
    def first(self) -> int | None:
        """The number of its first page."""
        return self.pages[0].number

    @property
    def last(self) -> int | None:
        """The number of its last page."""
        return self.pages[-1].number

    @property
    def opening(self) -> list[str]:
        """Its first paragraphs, without a heading and the like."""
        return [one.text for page in self.pages for one in page.paragraphs if len(one.text) > SHORT][:OPENING]

    @property
    def query(self) -> str:
        """The query that chooses it; empty for the first part."""
        return part_query(self.number)


def part_query(number: int) -> str:
    """Return the query that chooses a part of a file."""
    return f"?page={number}" if number > 1 else ""


def page_place(number: int) -> str:
    """Return the query and the fragment that lead to a page of a PDF."""
    return f"{part_query((number - 1) // PAGES_SHOWN + 1)}#page-{number}"


def part_context(document: Document, number: str) -> dict[str, Any]:
    """Return the template context for one part of a document's text, chosen by its number in an address.

    Raise Http404 if there is no such part, or no clean copy: the text is that of the copy.
    """
    if document.copy is None or not NUMBER.fullmatch(number):
        raise Http404
    parts = parts_of(document)
    if int(number) > max(1, len(parts)):
        raise Http404
    return {"document": document, "parts": parts, "part": parts[int(number) - 1] if parts else None}


def parts_of(document: Document) -> list[FilePart]:
    """Return the text of a document in parts; none if it has no text."""
    pages = list(document.pages.all())
    if document.kind != Kind.PDF:
        paragraphs = [text for page in pages for text in split_text(page.text)]
        return [FilePart(number, [page]) for number, page in enumerate(_runs(paragraphs), 1)]
    read = [FilePage(page.number, _of_page(page.number, page.text)) for page in pages]
    starts = range(0, len(read), PAGES_SHOWN)
    return [FilePart(number, read[start : start + PAGES_SHOWN]) for number, start in enumerate(starts, 1)]


def _of_page(number: int, text: str) -> list[FileParagraph]:
    return [FileParagraph(words, n, f"page-{number}-p{n}") for n, words in enumerate(split_text(text), 1)]


def _runs(paragraphs: Sequence[str]) -> Iterator[FilePage]:
    """Yield runs of paragraphs, each as long as one part may be, or a single longer one."""
    run: list[FileParagraph] = []
    length = 0
    for number, text in enumerate(paragraphs, 1):
        if run and length + len(text) > CHARACTERS_SHOWN:
            yield FilePage(None, run)
            run, length = [], 0
        run.append(FileParagraph(text, number, f"p{number}"))
        length += len(text)
    if run:
        yield FilePage(None, run)
