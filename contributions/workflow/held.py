"""Contributions that are sent without a code before a call closes: held until the sender proves the address."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents import storage
from documents import workflow as documents
from mail.sending import send_letter
from text.localized import moment_text

from ..letters import HELD
from ..models import Contribution, HeldContribution, Revision
from .drafts import attach_document
from .moves import WrongStateError
from .submission import send

HELD_DAYS = 14  # until what nobody has claimed is deleted
MAX_FILE = 10 * 1024 * 1024  # bytes
MAX_HELD_OF_ADDRESS = 3  # the address may be someone else's
MAX_HELD = 2_000  # of all calls together
MAX_HELD_BYTES = 2 * 1024**3

NO_LONGER_HELD = _("We no longer hold this: it was submitted or deleted.")
KEPT = ("organization_name", "title", "language", "text", "appear_as")


def hold(held: HeldContribution, upload: Any = None, *, language: str) -> HeldContribution:
    """Keep a contribution from an address that is not proved, with its file, and write to the address.

    `language` is that of the letter. The same key, as from a second click, is kept once. The call must have been open
    when this began, however long the file takes to store. Raises ValidationError if it was not open to everyone, or if
    too much is held.
    """
    arrived = timezone.now()
    with ExitStack() as stack:
        if upload:
            # The file is written before the lock is taken, so that nobody else waits for the disk.
            stack.enter_context(storage.file_on_disk(held.file, upload))
            held.file_name, held.file_size = (upload.name or "")[:255], upload.size or 0
        stack.enter_context(transaction.atomic())
        held.call.__class__.objects.select_for_update().get(pk=held.call_id)
        same = HeldContribution.objects.filter(key=held.key).first()
        if same is None:
            _require_room(held)
            held.received_at = arrived
            if not (held.call.is_open_at(arrived) and held.call.is_for_anyone):
                raise ValidationError(_("This call is not open."))
            held.address = held.address.lower()
            held.save()
            send_letter(HELD, held.address, lambda: _values(held), language=language)
            return held
    if upload:
        held.file.storage.delete(storage.stored_name(held.file))
    return same


def _values(held: HeldContribution) -> dict[str, str]:
    """Return the fields of the letter to the address, in the active language."""
    return {
        "arrival": moment_text(held.received_at, with_seconds=True),
        "end": moment_text(held.received_at + timedelta(days=HELD_DAYS)),
        "link": f"{settings.BASE_URL}{reverse('contributions:held')}",
    }


def _require_room(held: HeldContribution) -> None:
    """Raise ValidationError if too much is held, for this address or altogether."""
    everything = HeldContribution.objects.all()
    full = everything.count() >= MAX_HELD
    size = everything.aggregate(size=Sum("file_size"))["size"] or 0
    if full or size + held.file_size > MAX_HELD_BYTES:
        raise ValidationError(_("We cannot hold anything more now. Write to the secretariat before the call closes."))
    if everything.filter(address=held.address.lower()).count() >= MAX_HELD_OF_ADDRESS:
        raise ValidationError(_("Several contributions with this address are held already. Sign in to send them."))


def claim(held: HeldContribution, *, by: Any) -> Contribution:
    """Submit what was held for the user with its address, as received when it arrived; return the contribution.

    Raises PermissionDenied for another user, WrongStateError if it is no longer held, and ValidationError if its file
    is refused.
    """
    with ExitStack() as stack:
        document = None
        if held.file:
            document = stack.enter_context(documents.on_disk(_upload_of(held)))
        stack.enter_context(transaction.atomic())
        current = _locked_for_owner(held, by)
        contribution = Contribution.objects.create(call=current.call, filer=by)
        words = {name: getattr(current, name) for name in KEPT}
        revision = Revision.objects.create(contribution=contribution, held_since=current.received_at, **words)
        if document is not None:
            attach_document(revision, document, by=by, language=current.language)
        facts = {"held_since": current.received_at.isoformat()}
        send(contribution, revision, by, facts=facts)
        _delete(current)
    return contribution


def _upload_of(held: HeldContribution) -> SimpleUploadedFile:
    """Return the file that was held. Raises WrongStateError if a first click, or a command, has just deleted it."""
    try:
        with held.file.open("rb") as file:
            return SimpleUploadedFile(held.file_name, file.read())
    except FileNotFoundError:
        raise WrongStateError(NO_LONGER_HELD) from None


@transaction.atomic
def refuse_held(held: HeldContribution, *, by: Any) -> None:
    """Delete what was held, because the owner of the address did not send it. Raises as `claim` does."""
    _delete(_locked_for_owner(held, by))


def delete_expired_held(now: datetime | None = None) -> int:
    """Delete what nobody has claimed within HELD_DAYS, and return how many."""
    limit = (now or timezone.now()) - timedelta(days=HELD_DAYS)
    expired = HeldContribution.objects.filter(received_at__lt=limit)
    for held in expired:
        with transaction.atomic():
            if current := HeldContribution.objects.select_for_update().filter(pk=held.pk).first():
                _delete(current)
    return len(expired)


def _locked_for_owner(held: HeldContribution, by: Any) -> HeldContribution:
    """Return the row, locked, for the user with its address."""
    rows = HeldContribution.objects.select_for_update(of=("self",)).select_related("call__dialogue__series")
    current: HeldContribution | None = rows.filter(pk=held.pk).first()
    if current is None:
        raise WrongStateError(NO_LONGER_HELD)
    if not HeldContribution.objects.of_owner(by).filter(pk=current.pk).exists():
        raise PermissionDenied
    return current


def _delete(held: HeldContribution) -> None:
    if held.file:
        storage.delete_on_commit([held.file])
    held.delete()
