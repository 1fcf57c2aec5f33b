"""The numbers of files in public addresses, given when a revision is published."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F

from ..models import Attachment, Revision

ASIDE = 1_000_000  # added to numbers while they are reassigned: within a revision, each must stay unique


def number_files(revision: Revision) -> None:
    """Number the files of a revision that becomes public; the caller must have locked its contribution.

    Files that were public keep their numbers, and the new ones follow. A gap would reveal a file that was removed, or
    that belongs to a revision nobody may read; so files that were never public come last, in all revisions.
    """
    rows = Attachment.objects.filter(revision__contribution=revision.contribution_id)
    rows = rows.select_related("revision").order_by("number", "revision__number")
    numbers = {row.document_id: row.number for row in rows if row.revision.shown_at}
    _append(numbers, (row for row in rows if row.revision_id == revision.pk))
    _append(numbers, rows)
    moved = [row for row in rows if row.number != numbers[row.document_id]]
    rows.filter(pk__in=[row.pk for row in moved]).update(number=F("number") + ASIDE)
    for row in moved:
        rows.filter(pk=row.pk).update(number=numbers[row.document_id])


def _append(numbers: dict[int, int], rows: Iterable[Attachment]) -> None:
    """Give the next number to each document of these rows that has none in `numbers`."""
    last = max(numbers.values(), default=0)
    for row in rows:
        if row.document_id not in numbers:
            last += 1
            numbers[row.document_id] = last
