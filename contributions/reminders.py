"""Reminders to filers of unsent drafts: a week before the end, and a day before it with what the draft lacks."""

from __future__ import annotations

from datetime import datetime, timedelta

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
from .workflow.moves import address_of_own

LETTERS = {1: LAST_REMINDER, 7: REMINDER}  # by days before the end, the last one first
NOTHING_MISSING = _("Nothing: you only have to send it.")


def send_due() -> int:
    """Send the reminders that are due, and return how many were queued.

    A draft is reminded once for each number of days, and only if it was there that long before the end. If the end is
    put off by at least as many days, it is reminded again before the new end.
    """
    now = timezone.now()
    soon = now + timedelta(days=max(LETTERS))
    ending = Q(call__closes_at__gt=now, call__closes_at__lte=soon)
    late = Q(invitation__late_until__gt=now, invitation__late_until__lte=soon)
    drafts = Contribution.objects.filter(ending | late, state=Contribution.State.DRAFT, filer__isnull=False)
    return sum(_remind(pk, now) for pk in list(drafts.values_list("pk", flat=True)))


@transaction.atomic
def _remind(pk: int, now: datetime) -> bool:
    """Send the reminder of one draft that is due, if any. The email and its row are written together or not at all."""
    rows = Contribution.objects.select_for_update(of=("self",)).select_related("call__dialogue", "invitation", "filer")
    draft = rows.filter(pk=pk, state=Contribution.State.DRAFT).first()
    if draft is None or not draft.can_be_submitted or draft.draft is None:
        return False
    if not get_user_model().objects.reachable().filter(pk=draft.filer_id).exists():
        return False
    end = end_of(draft)
    days = due_days(draft, end, now)
    if days is None:
        return False
    Reminder.objects.create(contribution=draft, days=days, ends_at=end)
    filer = draft.filer
    send_letter(LETTERS[days], filer.email, lambda: _values(draft, end), language=filer.language)
    return True


def end_of(draft: Contribution) -> datetime:
    """Return when a draft can no longer be sent."""
    invitation = getattr(draft, "invitation", None)
    late_until = invitation.late_until if invitation else None
    return max(filter(None, [draft.call.closes_at, late_until]))


def due_days(draft: Contribution, end: datetime, now: datetime) -> int | None:
    """Return how many days before the end the reminder is that a draft is due for now, or None if it is due for none.

    Only the one nearest to the end is: if none could be sent for days, nobody gets two at once.
    """
    for days in LETTERS:
        lead = timedelta(days=days)
        if now < end - lead:
            continue
        is_sent = draft.reminders.filter(days=days, ends_at__gt=end - lead).exists()
        return None if is_sent or draft.created_at > end - lead else days
    return None


def _values(draft: Contribution, end: datetime) -> dict[str, str]:
    lacks = [f"- {sentence}" for sentence in submission_errors(draft.draft, consent=True).values()]
    return {"end": moment_text(end), "mine": address_of_own(), "missing": "\n".join(lacks) or str(NOTHING_MISSING)}
