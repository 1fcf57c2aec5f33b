"""Excerpts: the first pages of a contribution's files, as read from their clean copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from documents.file_text import split_text
from documents.models import Page
from publishing.prepared import prepared

from .models import Attachment, Revision

PAGES = 3  # of each file; the rest is in the file
MAX_PAGE = 4_000  # characters of a page; a file without pages is one page


@dataclass(frozen=True)
class Excerpt:
    """A page of a file, or its beginning if it is cut."""

    number: int
    paragraphs: Sequence[str]
    is_cut: bool


@prepared
def attachments_of(revision: Any) -> QuerySet[Attachment]:
    """Return the files of a revision, with their clean copies."""
    return Attachment.objects.filter(revision=revision).select_related("document__clean_copy")


@prepared
def first_pages_of(documents: Any) -> QuerySet[Page]:
    """Return the pages that excerpts need: those shown of each document, and one that tells whether there are more."""
    return Page.objects.filter(number__lte=PAGES + 1, document__pk__in=documents)


def files_with_excerpts(revision: Revision) -> list[Any]:
    """Return the files of a revision, each with `excerpt`, a list of pages, and `has_more`."""
    attachments = attachments_of(revision=revision.pk)
    pages_of: dict[int, list[Page]] = {one.document_id: [] for one in attachments if one.document.copy}
    for page in first_pages_of(documents=list(pages_of)):
        pages_of[page.document_id].append(page)
    attachment: Any  # with what is set here
    for attachment in attachments:
        attachment.revision = revision
        pages = pages_of.get(attachment.document_id, [])
        attachment.excerpt = [_beginning_of(page) for page in pages[:PAGES] if page.text.strip()]
        attachment.has_more = len(pages) > PAGES or any(page.is_cut for page in attachment.excerpt)
    return attachments


def _beginning_of(page: Page) -> Excerpt:
    text = page.text.strip()
    return Excerpt(page.number, split_text(text[:MAX_PAGE]), len(text) > MAX_PAGE)
