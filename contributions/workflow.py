"""The one funnel that moves a contribution: it checks the table and the right, saves, logs and writes to the filer."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogues.workflow import demand, locked, log
from documents import workflow as documents

from . import letters
from .models import Attachment, Contribution, ReferenceCounter

State = Contribution.State


class WrongStateError(ValidationError):
    """The contribution is not, or is no longer, where a verb starts; a second click meets this."""


@dataclass(frozen=True)
class Move:
    """From which states a verb leads to which, and whether the filer may do it, or reviewers, or both."""

    sources: tuple
    target: str
    by_filer: bool = False
    by_reviewer: bool = False
    letter: str | None = None


MOVES = {
    "submit": Move((State.DRAFT, State.RETURNED), State.SUBMITTED, by_filer=True, letter="receipt"),
    "publish": Move((State.SUBMITTED,), State.PUBLISHED, by_reviewer=True, letter="published"),
    "unpublish": Move((State.PUBLISHED,), State.SUBMITTED, by_reviewer=True),
    "request_changes": Move((State.SUBMITTED,), State.RETURNED, by_reviewer=True, letter="returned"),
    "decline": Move((State.SUBMITTED,), State.DECLINED, by_reviewer=True, letter="declined"),
    "withdraw": Move(
        (State.SUBMITTED, State.RETURNED, State.PUBLISHED), State.WITHDRAWN, True, True, letter="withdrawn"
    ),
}


def begin(call, *, by):
    """An empty draft of `by` for an open call."""
    if not call.is_open:
        raise ValidationError(_("This call is not open."))
    return Contribution.objects.create(call=call, filer=by)


@transaction.atomic
def save_draft(contribution, *, by):
    """Keep what its filer has written into a draft so far."""
    _require_editable(contribution, by)
    contribution.save(update_fields=["organization_name", "title", "language", "text", "updated_at"])


def submit(contribution, *, by, consent):
    """Send a draft in. Raises ValidationError, by field, while something is missing or the call is closed.

    A command (`by` is None) is not held to the hour: it brings in what arrived in time another way.
    """
    errors = missing(contribution, consent)
    if not errors and by is not None and not may_send_now(contribution):
        errors["__all__"] = _(
            "This call is closed. Your draft is kept; write to the secretariat if you need a late way in."
        )
    if errors:
        raise ValidationError(errors)
    with transaction.atomic():
        now = timezone.now()
        reference = contribution.reference or next_reference(contribution.call)
        _move(contribution, "submit", by, reference=reference, submitted_at=now, consented_at=now)


def publish(contribution, *, by):
    """Open a sent contribution to everyone."""
    _move(contribution, "publish", by, published_at=timezone.now())


def unpublish(contribution, *, by):
    """Take a published contribution back into review."""
    _move(contribution, "unpublish", by, published_at=None)


def request_changes(contribution, *, by, note):
    """Hand a sent contribution back to its filer, with a message that says what to change."""
    _move(contribution, "request_changes", by, _demand_note(note))


def decline(contribution, *, by, note):
    """Refuse a sent contribution, for a reason that its filer is told."""
    _move(contribution, "decline", by, _demand_note(note))


def withdraw(contribution, *, by):
    """Take a sent or published contribution away for good; its number is not given again."""
    _move(contribution, "withdraw", by, published_at=None)


@transaction.atomic
def _move(contribution, verb, by, note="", **changes):
    move = MOVES[verb]
    current = locked(contribution)
    if current.state not in move.sources:
        raise WrongStateError(
            _("This contribution is “%(state)s” and can't go that way."),
            params={"state": current.get_state_display()},
        )
    by_filer = move.by_filer and _is_filer(current, by)
    if not by_filer:
        if not move.by_reviewer and by is not None:
            raise PermissionDenied
        demand(by, "publish", current)
    changes["state"] = move.target
    _set(current, changes)
    current.save(update_fields=["updated_at", *changes])
    log(current, verb, by=by, note=note, part="sender" if by_filer else None)
    if move.letter:
        letters.send(move.letter, current, note=note)
    _set(contribution, changes)


def _set(record, changes):
    for field, value in changes.items():
        setattr(record, field, value)


def _is_filer(contribution, by):
    # Nobody in particular (`by.pk` is None) did not file what lost its filer.
    return by is not None and by.pk is not None and contribution.filer_id == by.pk


def _demand_note(note):
    if not note.strip():
        raise ValidationError(_("Write the message that the sender will read."))
    return note.strip()


def missing(contribution, consent):
    """What a draft lacks before it can be sent: sentences by field."""
    errors = {}
    if not contribution.organization_name.strip():
        errors["organization_name"] = _("Say which organization this contribution comes from.")
    if not contribution.title.strip():
        errors["title"] = _("Give the contribution a title.")
    if not contribution.text.strip() and not contribution.attachments.exists():
        errors["text"] = _("Write a text or attach a file: there is nothing to send yet.")
    if not consent:
        errors["consent"] = _("Agree to the publication, or save the draft and come back.")
    return errors


def may_send_now(contribution):
    """A returned contribution may come back after the closing hour: the delay was the review's."""
    return contribution.state == State.RETURNED or contribution.call.is_open


def next_reference(call):
    """The next reference of the call's series and the dialogue's year, such as TIP-2024-0012.

    Must run inside a transaction: the counter's row stays locked until the contribution that takes it is saved.
    """
    day = call.dialogue.starts_on or timezone.localdate(call.closes_at)
    prefix = f"{call.dialogue.series.code}-{day.year}"
    ReferenceCounter.objects.get_or_create(prefix=prefix)
    ReferenceCounter.objects.filter(prefix=prefix).update(last=F("last") + 1)
    return str(ReferenceCounter.objects.get(prefix=prefix))


@transaction.atomic
def attach(contribution, upload, *, by, language, is_translation=False):
    """Add a checked file (see `documents.forms.DocumentField`) to a draft of `by`.

    The same file sent twice, as by a second click, is one attachment.
    """
    _require_editable(contribution, by)
    if contribution.attachments.count() >= contribution.call.file_limit:
        raise ValidationError(
            _("This call takes %(limit)d files at most; remove one first."),
            params={"limit": contribution.call.file_limit},
        )
    document = documents.store(upload)
    if same := contribution.attachments.filter(document__sha256=document.sha256).first():
        documents.discard(document)
        return same
    return Attachment.objects.create(
        contribution=contribution, document=document, language=language, is_translation=is_translation
    )


@transaction.atomic
def detach(attachment, *, by):
    """Take a file out of a draft of `by`, and off the disk."""
    _require_editable(attachment.contribution, by)
    document = attachment.document
    attachment.delete()
    documents.discard(document)


@transaction.atomic
def discard(contribution, *, by):
    """Delete a draft that was never sent, files included."""
    _require_editable(contribution, by)
    if contribution.state != State.DRAFT:
        raise WrongStateError(_("What was sent is withdrawn, not deleted."))
    for attachment in contribution.attachments.all():
        detach(attachment, by=by)
    contribution.delete()


def _require_editable(contribution, by):
    current = locked(contribution)
    if by is not None and not _is_filer(current, by):
        raise PermissionDenied
    if not current.is_editable:
        raise WrongStateError(_("This contribution has been sent and can't be changed now."))
