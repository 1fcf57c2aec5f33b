"""The comments on a summary, which its form shows beside the text."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q

from dialogues.models import Comment, Paragraph, Summary

from .dialogue_records import DialogueRecords


@dataclass(frozen=True)
class Thread:
    """The comments on one paragraph, or on the draft as a whole, and whether it has changed since one was made."""

    paragraph: Paragraph | None
    comments: list[Comment]
    has_changed: bool

    @property
    def open_number(self) -> int:
        """How many of the comments are open."""
        return sum(comment.resolved_at is None for comment in self.comments)


def threads_of(summary: Summary, user: Any) -> list[Thread]:
    """Return the comments on a summary that `user` may read: those on the whole draft first, then by paragraph."""
    comments = DialogueRecords(summary.dialogue, user).comments.filter(reply_to=None).with_authors()
    comments = comments.prefetch_related("replies__author", "replies__appearance__speaker")
    by_paragraph: dict[Paragraph | None, list[Comment]] = defaultdict(list)
    for comment in comments.filter(Q(paragraph=None) | Q(paragraph__summary=summary)):
        by_paragraph[comment.paragraph].append(comment)
    changed = _last_changes(paragraph for paragraph in by_paragraph if paragraph)
    return [
        Thread(
            paragraph,
            found,
            paragraph is not None and _is_newer(changed.get(paragraph.pk), found),
        )
        for paragraph, found in sorted(by_paragraph.items(), key=lambda pair: pair[0].position if pair[0] else 0)
    ]


def _is_newer(changed_at: datetime | None, comments: list[Comment]) -> bool:
    return changed_at is not None and any(changed_at > comment.created_at for comment in comments)


def _last_changes(paragraphs: Iterable[Paragraph]) -> dict[int, Any]:
    """Return when the text of each paragraph was last written, by its primary key."""
    rows = Paragraph.history.filter(id__in=[paragraph.pk for paragraph in paragraphs])
    return dict(rows.order_by().values_list("id").annotate(Max("history_date")))
