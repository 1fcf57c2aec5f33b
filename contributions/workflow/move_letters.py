"""The emails to filers about moves. Those about a publication wait until staff can no longer undo it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import default_task_backend, task

from mail.sending import send_letter
from publishing.models import Transition, Verb
from publishing.workflow import TIME_TO_UNDO
from text.localized import moment_text

from ..letters import OF_MOVES
from ..models import Contribution
from ..receipts import format_code

DECISIONS = (Verb.ACCEPT, Verb.REQUEST_CHANGES, Verb.CORRECT, Verb.DECLINE)
PUBLICATION = (Verb.PUBLISH, Verb.UNPUBLISH, Verb.WITHDRAW)
# The later moves after which an email about a move would be wrong or of no use.
SUPERSEDED_BY = {Verb.PUBLISH: PUBLICATION, Verb.UNPUBLISH: (*PUBLICATION, *DECISIONS)}


def send_email_later(name: str, entry: Transition) -> None:
    """Email the filers about a publication, or its end, once it can no longer be undone.

    Where tasks cannot be deferred, they get the email at once.
    """
    waits = default_task_backend.supports_defer
    later = send_waiting_email.using(run_after=timezone.now() + TIME_TO_UNDO) if waits else send_waiting_email
    later.enqueue(name, entry.pk)


@task
def send_waiting_email(name: str, entry_id: int) -> None:
    """Send the email about a publication or its end, unless it was undone or the filers know it already."""
    entry = Transition.objects.get(pk=entry_id)
    with transaction.atomic():
        contribution = Contribution.objects.select_for_update().get(pk=entry.object_id)
        moves = list(Transition.objects.of(contribution).order_by("number"))
        if any(move.number > entry.number and move.verb in SUPERSEDED_BY[Verb(entry.verb)] for move in moves):
            return
        known = _last_known([move for move in moves if move.number <= entry.number])
        if known != _publication(entry) and (known or entry.verb == Verb.PUBLISH):
            send_email(name, contribution)


def _last_known(moves: list[Transition]) -> tuple[str, Any] | None:
    """Return the last publication, or end of one, that filers got an email about before the last of `moves`.

    Filers get no email about what was undone in time.
    """
    public = [move for move in moves if move.verb in SUPERSEDED_BY]
    stood = [move for move, following in pairwise(public) if following.at - move.at >= TIME_TO_UNDO]
    return _publication(stood[-1]) if stood else None


def _publication(move: Transition) -> tuple[str, Any]:
    """Return what filers are told by a move: that a revision is public, or that nothing is."""
    return move.verb, move.facts.get("revision")


def send_email(name: str, contribution: Contribution, note: str = "") -> None:
    """Queue an email to each of those who may change the contribution, if there are any.

    It contains nothing of the contribution, because others may be able to read it in transit.
    """
    for writer in contribution.writers:
        send_letter(OF_MOVES[name], writer.email, lambda: _values(contribution, note), language=writer.language)


def _values(contribution: Contribution, note: str) -> dict[str, str]:
    """Return the fields of the letters about moves, in the active language."""
    revision = contribution.newest
    files = [
        _("File %(number)s, SHA-256: %(sha)s") % {"number": number, "sha": file["sha256"]}
        for number, file in enumerate(revision.sent_files, start=1)
    ]
    return {
        "reference": contribution.reference,
        "revision": str(revision.number),
        "arrival": moment_text(revision.arrived_at, with_seconds=True),
        "files": "\n".join(files),
        "code": format_code(revision.receipt_code),
        "check": f"{settings.BASE_URL}{reverse('contributions:check')}",
        "mine": address_of_own(),
        "publication": moment_text(contribution.publish_at) if contribution.publish_at else "",
        "note": note,
    }


def address_of_own() -> str:
    """Return the full address at which filers find their own contributions, in the active language."""
    return f"{settings.BASE_URL}{reverse('contributions:mine')}"
