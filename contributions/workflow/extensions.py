"""More time after a call has closed: a filer asks, and staff grant or decline it with a letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mail.letter import Letter
from mail.sending import send_letter
from publishing.models import Verb
from publishing.workflow import locked, log, require_permission
from text.localized import moment_text

from ..letters import EXTENSION_DECLINED, EXTENSION_GRANTED
from ..models import Call, Contribution, ExtensionRequest, Invitation
from .move_letters import address_of_own
from .moves import State, WrongStateError

MAX_REQUESTS = 3  # of one filer for one call


@transaction.atomic
def ask_for_time(
    call: Call, *, by: Any, organization_name: str, reason: str, contribution: Contribution | None = None
) -> ExtensionRequest:
    """Ask for more time, for a draft or to begin one, and return the request. If one is unanswered, return that.

    Raises ValidationError if the call takes no requests, or after MAX_REQUESTS; WrongStateError if the contribution
    was submitted; PermissionDenied for the draft of another filer.
    """
    if contribution is not None:
        current = locked(contribution)
        if not current.is_filed_by(by):
            raise PermissionDenied
        if current.state != State.DRAFT:
            raise WrongStateError(_("This contribution has been submitted."))
    locked(call)  # makes two clicks wait for each other
    earlier = ExtensionRequest.objects.filter(call=call, filer=by)
    waiting: ExtensionRequest | None = earlier.filter(state=ExtensionRequest.State.WAITING).first()
    if waiting:
        return waiting
    if not call.takes_requests:
        raise ValidationError(_("More time cannot be asked for now. Write to the secretariat."))
    if earlier.count() >= MAX_REQUESTS:
        raise ValidationError(_("You have asked for this several times. Write to the secretariat instead."))
    return ExtensionRequest.objects.create(
        call=call,
        filer=by,
        contribution=contribution,
        organization_name=organization_name.strip(),
        reason=reason.strip(),
    )


@transaction.atomic
def grant_time(request: ExtensionRequest, *, by: Any, until: datetime, answer: str = "") -> None:
    """Let a filer send until a time, by an invitation of their own, and write to them.

    Raises ValidationError if the time has passed or somebody has answered, and PermissionDenied.
    """
    if until <= timezone.now():
        raise ValidationError({"until": _("That time has passed. Choose a later one.")})
    current = _answered(request, ExtensionRequest.State.GRANTED, by=by, until=until, answer=answer)
    invitation = _invitation_for(current, by)
    invitation.late_until = max(until, invitation.late_until or until)
    invitation.save()
    facts = {"request": current.pk, "until": until.isoformat()}
    log(current.call, Verb.GRANT_EXTENSION, by=by, facts=facts)
    address = address_of_own() if current.contribution_id else f"{settings.BASE_URL}{invitation.get_absolute_url()}"
    _write_to_filers(EXTENSION_GRANTED, current, lambda: {"end": moment_text(until), "link": address})


@transaction.atomic
def decline_time(request: ExtensionRequest, *, by: Any, answer: str) -> None:
    """Decline more time, and write to the filer why.

    Raises ValidationError if nothing is written or somebody has answered, and PermissionDenied.
    """
    if not answer.strip():
        raise ValidationError({"answer": _("Write the message that the sender will read.")})
    current = _answered(request, ExtensionRequest.State.DECLINED, by=by, answer=answer)
    log(current.call, Verb.DECLINE_EXTENSION, by=by, facts={"request": current.pk})
    _write_to_filers(EXTENSION_DECLINED, current, lambda: {"mine": address_of_own()})


def _answered(request: ExtensionRequest, state: str, *, by: Any, answer: str, until: Any = None) -> ExtensionRequest:
    """Save the answer to a request, once."""
    require_permission(by, "add", Invitation())
    current = locked(request)
    if not current.is_waiting:
        raise WrongStateError(_("This request has already been answered."))
    current.state, current.until, current.answer, current.answered_at = state, until, answer.strip(), timezone.now()
    current.save(update_fields=["state", "until", "answer", "answered_at"])
    return current


def _invitation_for(request: ExtensionRequest, by: Any) -> Invitation:
    """Return the invitation of the draft, or an unsaved one for the filer's next draft."""
    contribution = request.contribution
    if contribution and (invitation := Invitation.objects.filter(contribution=contribution).first()):
        return invitation
    return Invitation(
        call=request.call,
        organization_name=request.organization_name,
        email=request.filer.email,
        language=request.filer.language,
        made_by=by,
        contribution=contribution,
    )


def _write_to_filers(letter: Letter, request: ExtensionRequest, more: Callable[[], dict[str, str]]) -> None:
    """Queue the answer to those who may change the draft, or if there is no draft, to the person who asked.

    `more` returns the other fields of the letter, in its language.
    """

    def values() -> dict[str, str]:
        title = request.call.localized.title.text if request.call.is_public else "–"
        return {"call": title, "note": request.answer, **more()}

    for reader in request.contribution.writers if request.contribution else [request.filer]:
        send_letter(letter, reader.email, values, language=reader.language)
