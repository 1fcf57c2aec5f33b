"""Joint signers: each is asked by letter, and the public sees its name only with what it has confirmed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mail.sending import send_letter
from publishing.models import Transition, Verb
from publishing.workflow import locked, log, require_permission

from ..letters import SIGNATURE
from ..models import Contribution, Signature
from ..receipts import content_digest
from .confirmations import revision_to_sign, values_of
from .moves import State, WrongStateError

MAX_ASKED = 50  # signers of one contribution
CLOSED = (State.DECLINED, State.WITHDRAWN)


@transaction.atomic
def ask_signer(contribution: Contribution, name: str, address: str, *, by: Any) -> Signature:
    """Ask an organization by letter whether it signs a contribution. Asking again sends a new link.

    Raises PermissionDenied for another user; WrongStateError if the contribution is closed; ValidationError if the
    name is not among the signers, has confirmed, or if too many are asked.
    """
    current = locked(contribution)
    if not current.is_filed_by(by):
        raise PermissionDenied
    if not current.is_editable:
        raise WrongStateError(_("This contribution is closed and cannot be changed any more."))
    revision = current.draft or current.newest
    if name not in revision.signer_names:
        raise ValidationError(_("First add this organization to those that sign with you."))
    if name in revision.confirmed_signers:
        raise ValidationError(_("This organization has confirmed already."))
    others = current.signatures.exclude(name=name)
    if others.count() >= MAX_ASKED:
        raise ValidationError(_("No more organizations can be asked. Write to the secretariat."))
    current.signatures.filter(name=name).delete()
    signature = Signature.objects.create(
        contribution=current, name=name, address=address, language=by.language, asked_at=timezone.now()
    )
    send_letter(SIGNATURE, address, values_of(signature), language=by.language)
    return signature


@transaction.atomic
def answer_signature(signature: Signature, *, signs: bool, seen: str = "") -> None:
    """Record whether an organization signs what it read. If it changes its mind, its name is shown or hidden at once.

    `seen` is the digest of what it was shown (`content_digest`). The organization becomes a signer of the revisions
    with exactly these words and files. If it no longer signs, it is a signer of none.

    Raises WrongStateError if the contribution is closed or the link was replaced, and ValidationError if the text or
    files have changed since they were shown.
    """
    contribution = locked(signature.contribution)
    current: Signature | None = Signature.objects.filter(pk=signature.pk).first()
    revision = revision_to_sign(current) if current else None
    if current is None or revision is None or contribution.state in CLOSED:
        raise WrongStateError(_("This link is no longer in use: ask those who named you for another one."))
    digest = content_digest(revision)
    if signs and seen != digest:
        raise ValidationError(_("The text has changed in the meantime. Read it again, then say whether you sign."))
    state = Signature.State.CONFIRMED if signs else Signature.State.DECLINED
    if current.state == state and (not signs or current.digest == digest):
        return
    current.state, current.answered_at, current.digest = state, timezone.now(), digest if signs else ""
    current.save(update_fields=["state", "answered_at", "digest"])
    if signs:
        _add_confirmed(contribution, [current.name], digest)
    else:
        _remove_confirmed(contribution, current.name)
    verb, facts = (Verb.CONFIRM_SIGNER, {"content": digest}) if signs else (Verb.DECLINE_SIGNER, {})
    log(contribution, verb, by=None, part=Transition.Part.SYSTEM, facts={"signature": current.pk, **facts})


@transaction.atomic
def confirm_signers(contribution: Contribution, names: Collection[str], *, by: Any) -> None:
    """Confirm these signers of the newest revision on behalf of staff, who know that they sign.

    Raises PermissionDenied or ValidationError.
    """
    require_permission(by, "publish", contribution)
    current = locked(contribution)
    known = [name for name in names if current.newest and name in current.newest.signer_names]
    if not known:
        raise ValidationError(_("Tick the signers you know have agreed to sign."))
    _add_confirmed(current, known, content_digest(current.newest))
    log(current, Verb.CONFIRM_SIGNER, by=by, facts={"count": len(known)})


def _add_confirmed(contribution: Contribution, names: Collection[str], digest: str) -> None:
    """Add names to the confirmed signers of each revision that has them and says exactly what they confirmed."""
    for revision in contribution.revisions.all():
        confirmed = [name for name in revision.signer_names if name in {*names, *revision.confirmed_signers}]
        if confirmed != revision.confirmed_signers and content_digest(revision) == digest:
            revision.confirmed_signers = confirmed
            revision.save(update_fields=["confirmed_signers"])


def _remove_confirmed(contribution: Contribution, name: str) -> None:
    """Remove a name from the confirmed signers of every revision."""
    for revision in contribution.revisions.all():
        if name in revision.confirmed_signers:
            revision.confirmed_signers = [one for one in revision.confirmed_signers if one != name]
            revision.save(update_fields=["confirmed_signers"])
