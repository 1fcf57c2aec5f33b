"""Reminders to people with unsent drafts: a week before the end, and a day before it with what the draft lacks.

For a draft that is begun on the last day, the last reminder is sent some hours before the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mail.sending import send_letter
from text.localized import moment_text

from .letters import LAST_REMINDER, REMINDER
from .models import Contribution, Reminder
from .workflow import submission_errors
from .workflow.move_letters import address_of_own

LETTERS = {1: LAST_REMINDER, 7: REMINDER}  # by days before the end, the last one first
# The last reminder of a draft that was begun in the last day: its writer may have left it the evening before. A draft
# that is begun later needs none.
LATE_LEAD = timedelta(hours=3)
NOTHING_MISSING = _("Nothing: you only have to submit it.")


def send_due() -> int:
    """Send the reminders that are due, and return how many were queued.

    Everyone who may change a draft gets each reminder of it once, and only if the draft existed that many days before
    the end, or three hours before it for the last reminder. If the end is postponed by at least as many days, they are
    reminded again before the new end.
    """
    now = timezone.now()
    soon = now + timedelta(days=max(LETTERS))
    ending = Q(call__closes_at__gt=now, call__closes_at__lte=soon)
    late = Q(invitation__late_until__gt=now, invitation__late_until__lte=soon)
    writers = _drafts().filter(ending | late).order_by().writers()
    readers = get_user_model().objects.reachable().filter(pk__in=writers.values("pk"))
    return sum(_remind(pk, now) for pk in list(readers.values_list("pk", flat=True)))


def _drafts() -> Any:
    return Contribution.objects.filter(state=Contribution.State.DRAFT)


@transaction.atomic
def _remind(reader_id: int, now: datetime) -> int:
    """Send one person the reminders that are due, one for all drafts with the same end; return how many.

    The emails and the rows that prevent a second one are written together or not at all.
    """
    reader = get_user_model().objects.reachable().select_for_update().filter(pk=reader_id).first()
    if reader is None:
        return 0
    due: dict[tuple[int, datetime], list[Contribution]] = defaultdict(list)
    drafts = _drafts().filed_by(reader).select_for_update(of=("self",))
    for draft in drafts.select_related("call__dialogue", "invitation"):
        end = end_of(draft)
        days = due_days(draft, reader, end, now)
        if days and draft.can_be_submitted and draft.draft:
            due[days, end].append(draft)
    for (days, end), found in due.items():
        Reminder.objects.bulk_create(
            Reminder(contribution=draft, reader=reader, days=days, ends_at=end) for draft in found
        )
        send_letter(LETTERS[days], reader.email, partial(_values, found, end), language=reader.language)
    return len(due)


def end_of(draft: Contribution) -> datetime:
    """Return when a draft can no longer be sent."""
    invitation = getattr(draft, "invitation", None)
    late_until = invitation.late_until if invitation else None
    return max(filter(None, [draft.call.closes_at, late_until]))


def due_days(draft: Contribution, reader: Any, end: datetime, now: datetime) -> int | None:
    """Return which reminder someone is due for a draft now, as its days before the end, or None if there is none.

    Only the reminder nearest to the end is due: if none could be sent for days, nobody gets two at once.
    """
    for days in LETTERS:
        lead = timedelta(days=days)
        if now < end - lead:
            continue
        is_of_last_day = days == min(LETTERS) and draft.created_at <= end - LATE_LEAD <= now
        if draft.created_at > end - lead and not is_of_last_day:
            return None
        is_sent = draft.reminders.filter(reader=reader, days=days, ends_at__gt=end - lead).exists()
        return None if is_sent else days
    return None


def _values(drafts: Sequence[Contribution], end: datetime) -> dict[str, str]:
    """Return the fields of a reminder. What several drafts lack is listed once."""
    lacks = [str(sentence) for draft in drafts for sentence in submission_errors(draft.draft, consent=True).values()]
    missing = "\n".join(f"- {sentence}" for sentence in dict.fromkeys(lacks)) or str(NOTHING_MISSING)
    return {"end": moment_text(end), "mine": address_of_own(), "missing": missing}
