"""Invitations: staff send them, send them again and withdraw them, and one organization can redeem each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from mail.letter import Words
from mail.sending import current_words, send_letter
from publishing.models import Verb
from publishing.workflow import locked, log, require_permission
from text.localized import moment_text
from text.site_name import site_name

from ..letters import INVITATION
from ..models import Call, Contribution, Invitation
from .drafts import begin
from .moves import State

SENT_JUST_NOW = timedelta(minutes=2)  # a second click, or a second member of staff, sends nothing more


@dataclass(frozen=True)
class Invitee:
    """Whom staff invite: an organization, an address, or both. Without an address, staff pass the link on."""

    organization_name: str
    address: str = ""

    @property
    def key(self) -> str:
        """What distinguishes two of them."""
        return (self.address or self.organization_name).casefold()


@transaction.atomic
def invite(invitation: Invitation, *, by: Any) -> None:
    """Save a new invitation, and email its link if it has an address; otherwise staff pass the link on.

    Raises PermissionDenied, and ValidationError if it would let nobody in.
    """
    require_permission(by, "add", invitation)
    invitation.clean()
    _make(invitation, by)
    log(invitation.call, Verb.INVITE, by=by, facts={"invitations": [invitation.pk]})


@transaction.atomic
def invite_all(
    call: Call, people: Iterable[Invitee], *, by: Any, language: str, late_until: datetime | None = None
) -> list[Invitation]:
    """Invite people to a call, each once, and return the new invitations. Those who can still use one get none.

    Raises PermissionDenied, and ValidationError if the invitations would let nobody in.
    """
    require_permission(by, "add", Invitation())
    current = locked(call)  # makes two clicks wait for each other
    known = {invitee.key for invitee in already_invited(current)}
    made = []
    for invitee in people:
        if invitee.key in known:
            continue
        known.add(invitee.key)
        invitation = Invitation(
            call=current,
            organization_name=invitee.organization_name,
            email=invitee.address,
            language=language,
            late_until=late_until,
        )
        invitation.clean()
        _make(invitation, by)
        made.append(invitation)
    if made:
        log(current, Verb.INVITE, by=by, facts={"invitations": [invitation.pk for invitation in made]})
    return made


def already_invited(call: Call) -> list[Invitee]:
    """Return those whose invitation to a call has not ended or been withdrawn, whether they have used it or not."""
    rows = call.invitations.filter(withdrawn_at=None).select_related("call")
    return [Invitee(row.organization_name, row.email) for row in rows if not row.is_past]


@transaction.atomic
def send_again(invitations: Iterable[Invitation], *, by: Any) -> int:
    """Send the letters of invitations again, and return how many were sent.

    Invitations that are used, withdrawn, past, hidden, without an address or just sent are left out. Raises
    PermissionDenied.
    """
    now = timezone.now()
    sent: dict[Call, list[int]] = {}
    for invitation in invitations:
        require_permission(by, "add", invitation)
        current = locked(invitation)
        is_due = current.sent_at is None or current.sent_at < now - SENT_JUST_NOW
        if current.email and current.is_waiting and current.call.is_public and is_due:
            _send(current)
            sent.setdefault(current.call, []).append(current.pk)
    for call, pks in sent.items():
        log(call, Verb.SEND_INVITATION, by=by, facts={"invitations": pks})
    return sum(map(len, sent.values()))


@transaction.atomic
def withdraw_invitations(invitations: Iterable[Invitation], *, by: Any) -> int:
    """Withdraw invitations that nobody has used, and return how many. Their links let nobody in.

    Raises PermissionDenied.
    """
    withdrawn: dict[Call, list[int]] = {}
    for invitation in invitations:
        require_permission(by, "delete", invitation)
        current = locked(invitation)
        if current.contribution_id is None and current.withdrawn_at is None:
            current.withdrawn_at = timezone.now()
            current.save(update_fields=["withdrawn_at"])
            withdrawn.setdefault(current.call, []).append(current.pk)
    for call, pks in withdrawn.items():
        log(call, Verb.WITHDRAW_INVITATION, by=by, facts={"invitations": pks})
    return sum(map(len, withdrawn.values()))


@transaction.atomic
def extend_invitations(invitations: Iterable[Invitation], *, by: Any, until: datetime) -> int:
    """Extend invitations until a time, and return how many were changed. This sends no letters.

    Invitations that are withdrawn, whose contribution was sent, or that do not end earlier are left out. Raises
    PermissionDenied, and ValidationError if the time has passed or the call is open until then.
    """
    if until <= timezone.now():
        raise ValidationError({"until": _("That time has passed. Choose a later one.")})
    extended: dict[Call, list[int]] = {}
    for invitation in invitations:
        require_permission(by, "change", invitation)
        current = locked(invitation)
        if until <= current.call.closes_at:
            raise ValidationError({"until": _("The call is open until then: choose a later time.")})
        if current.can_be_extended and current.ends_at < until:
            current.late_until = until
            current.save(update_fields=["late_until"])
            extended.setdefault(current.call, []).append(current.pk)
    for call, pks in extended.items():
        log(call, Verb.GRANT_EXTENSION, by=by, facts={"invitations": pks, "until": until.isoformat()})
    return sum(map(len, extended.values()))


def invitation_words(invitation: Invitation) -> Words:
    """Return the letter of an invitation as its reader gets it."""
    with override(invitation.language):
        words = current_words(INVITATION, invitation.language)
        return words.filled({**_values(invitation), "site": site_name().text})


def _make(invitation: Invitation, by: Any) -> None:
    invitation.made_by = by
    invitation.save()
    if invitation.email:
        _send(invitation)


def _send(invitation: Invitation) -> None:
    invitation.sent_at = timezone.now()
    invitation.save(update_fields=["sent_at"])
    send_letter(INVITATION, invitation.email, lambda: _values(invitation), language=invitation.language)


def _values(invitation: Invitation) -> dict[str, str]:
    return {
        "organization": invitation.organization_name,
        "call": invitation.call.localized.title.text,
        "end": moment_text(invitation.ends_at),
        "link": f"{settings.BASE_URL}{invitation.get_absolute_url()}",
    }


@transaction.atomic
def redeem_invitation(invitation: Invitation, *, by: Any) -> Contribution:
    """Return the draft of `by` for an invitation: the one it was redeemed for, an earlier one, or a new one.

    Raises ValidationError if somebody else has redeemed it, or if it is no longer open.
    """
    current = locked(invitation)
    if current.contribution:
        if not current.contribution.is_filed_by(by):
            raise ValidationError(_("This invitation has been used. Ask the secretariat for another one."))
        return current.contribution
    if not current.is_open:
        raise ValidationError(_("This invitation cannot be used now. Write to the secretariat if you need more time."))
    drafts = Contribution.objects.filter(call=current.call, filer=by, state=State.DRAFT, invitation=None)
    draft = drafts.first() or begin(current.call, by=by, invitation=current)
    current.contribution = draft
    current.save(update_fields=["contribution"])
    return draft
