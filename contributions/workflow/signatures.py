"""Joint signers: each is asked by letter, and is shown to the public once it has confirmed that it signs."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mail.sending import send_letter
from publishing.models import Transition, Verb
from publishing.workflow import locked, log, require_permission

from ..letters import SIGNATURE
from ..models import Contribution, Signature
from .moves import State, WrongStateError

MAX_ASKED = 50  # signers of one contribution
CLOSED = (State.DECLINED, State.WITHDRAWN)


@transaction.atomic
def ask_signer(contribution: Contribution, name: str, address: str, *, by: Any) -> Signature:
    """Ask an organization by letter whether it signs a contribution. Who is asked again gets a new link.

    Raises PermissionDenied for another user; WrongStateError if the contribution is closed; ValidationError if the
    name is not among the signers, has confirmed, or if too many are asked.
    """
    current = locked(contribution)
    if not current.is_filed_by(by):
        raise PermissionDenied
    if not current.is_editable:
        raise WrongStateError(_("This contribution is closed and can't be changed any more."))
    revision = current.draft or current.newest
    if name not in revision.signer_names:
        raise ValidationError(_("Write this organization among those that sign with you first."))
    if name in revision.confirmed_signers:
        raise ValidationError(_("This organization has confirmed already."))
    others = current.signatures.exclude(name=name)
    if others.count() >= MAX_ASKED:
        raise ValidationError(_("No more organizations can be asked. Write to the secretariat."))
    current.signatures.filter(name=name).delete()
    signature = Signature.objects.create(
        contribution=current, name=name, address=address, language=by.language, asked_at=timezone.now()
    )
    send_letter(SIGNATURE, address, lambda: _values(signature), language=by.language)
    return signature


def _values(signature: Signature) -> dict[str, str]:
    call = signature.contribution.call
    return {
        "organization": signature.name,
        "call": call.localized.title.text if call.is_public else "–",
        "link": f"{settings.BASE_URL}{signature.get_absolute_url()}",
    }


@transaction.atomic
def answer_signature(signature: Signature, *, signs: bool) -> None:
    """Record whether an organization signs. It can change its mind, and then is shown or hidden at once.

    Raises WrongStateError if the contribution is closed or the link was replaced.
    """
    contribution = locked(signature.contribution)
    current: Signature | None = Signature.objects.filter(pk=signature.pk).first()
    if current is None or contribution.state in CLOSED:
        raise WrongStateError(_("This link is no longer in use: ask those who named you for another one."))
    state = Signature.State.CONFIRMED if signs else Signature.State.DECLINED
    if current.state == state:
        return
    current.state, current.answered_at = state, timezone.now()
    current.save(update_fields=["state", "answered_at"])
    _set_confirmed(contribution, [current.name], signs)
    verb = Verb.CONFIRM_SIGNER if signs else Verb.DECLINE_SIGNER
    log(contribution, verb, by=None, part=Transition.Part.SYSTEM, facts={"signature": current.pk})


@transaction.atomic
def confirm_signers(contribution: Contribution, names: Collection[str], *, by: Any) -> None:
    """Show these signers on the word of staff, who know that they sign. Raises PermissionDenied or ValidationError."""
    require_permission(by, "publish", contribution)
    current = locked(contribution)
    known = [name for name in names if current.newest and name in current.newest.signer_names]
    if not known:
        raise ValidationError(_("Tick the signers of whom you know that they sign."))
    _set_confirmed(current, known, True)
    log(current, Verb.CONFIRM_SIGNER, by=by, facts={"count": len(known)})


def _set_confirmed(contribution: Contribution, names: Collection[str], signs: bool) -> None:
    """Add names to, or remove them from, the confirmed signers of each revision that has them."""
    for revision in contribution.revisions.all():
        confirmed = [name for name in revision.confirmed_signers if name not in names]
        confirmed += [name for name in revision.signer_names if signs and name in names]
        if confirmed != revision.confirmed_signers:
            revision.confirmed_signers = confirmed
            revision.save(update_fields=["confirmed_signers"])
