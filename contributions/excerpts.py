"""Excerpts: the first pages of a contribution's files, as read from their clean copies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from documents.models import Page

PAGES = 3  # of each file; the rest is in the file
MAX_PAGE = 4_000  # characters of a page; a file without pages is one page


@dataclass(frozen=True)
class Excerpt:
    """A page of a file, or its beginning if it is cut."""

    number: int
    text: str
    is_cut: bool


def first_pages(path: str) -> Prefetch:
    """Return a prefetch of the pages that excerpts need: those shown, and one that tells whether there are more."""
    return Prefetch(path, Page.objects.filter(number__lte=PAGES + 1))


def add_excerpts(attachments: Iterable[Any]) -> None:
    """Set `excerpt`, a list of pages, and `has_more` on each attachment. Prefetch their pages by `first_pages`."""
    for attachment in attachments:
        pages = list(attachment.document.pages.all()) if attachment.document.copy else []
        attachment.excerpt = [_beginning_of(page) for page in pages[:PAGES] if page.text.strip()]
        attachment.has_more = len(pages) > PAGES or any(page.is_cut for page in attachment.excerpt)


def _beginning_of(page: Page) -> Excerpt:
    text = page.text.strip()
    return Excerpt(page.number, text[:MAX_PAGE], len(text) > MAX_PAGE)
