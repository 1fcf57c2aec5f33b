"""The files of a revision on its review page: their text, and whether a reviewer has seen all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from contributions.models import Attachment, Look, Revision
from documents.file_text import FilePage, page_place, parts_of

MOST_SHOWN = 300_000  # characters of all files on one page; the rest is read on the pages of the files


@dataclass(frozen=True)
class ShownFile:
    """A file with the pages whose text is on the review page.

    It `is_whole` if that is all of its text. A file without text, such as a scan, is never whole.
    """

    attachment: Attachment
    pages: list[FilePage] = field(default_factory=list)
    is_whole: bool = False
    was_opened: bool = False

    @property
    def is_unread(self) -> bool:
        """Whether the reviewer cannot have read all of it yet."""
        return not (self.is_whole or self.was_opened)

    @property
    def number(self) -> int:
        """The number of the file in its contribution."""
        return self.attachment.number


def shown_files(revision: Revision, user: Any) -> list[ShownFile]:
    """Return the files of a revision with as much of their text as one page shows."""
    looks = Look.objects.filter(revision=revision, by=user)
    opened = set(looks.exclude(files=None).values_list("files", flat=True))
    return list(_shown(revision.attachments.for_lists(), opened))


def _shown(attachments: Iterable[Attachment], opened: set[int]) -> Iterator[ShownFile]:
    left = MOST_SHOWN
    for attachment in attachments:
        document = attachment.document
        read = [page for part in parts_of(document) for page in part.pages] if document.copy else []
        pages = []
        for page in read:
            length = sum(len(paragraph.text) for paragraph in page.paragraphs)
            if length > left:
                break
            left -= length
            pages.append(page)
        is_whole = len(pages) == len(read) and any(page.paragraphs for page in read)
        is_whole = is_whole and not (document.fault or document.pictured_pages)
        yield ShownFile(attachment, pages, is_whole, attachment.pk in opened)


def anchors(files: Iterable[ShownFile]) -> dict[str, str]:
    """Return the place on the review page for each address of a page of a file that is shown on it."""
    found = {}
    for file in files:
        address = file.attachment.get_absolute_url()
        found[address] = f"#file-{file.number}"
        for page in file.pages:
            if page.number:
                found[address + page_place(page.number)] = f"#file-{file.number}-page-{page.number}"
    return found
