"""Invitations: staff send them, and one organization can redeem each."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mail.sending import send_letter
from publishing.workflow import locked, require_permission
from text.localized import moment_text

from ..letters import INVITATION
from ..models import Contribution, Invitation
from .drafts import begin
from .moves import State


@transaction.atomic
def invite(invitation: Invitation, *, by: Any) -> None:
    """Save a new invitation, and email its link if it has an address; otherwise staff pass the link on.

    Raises PermissionDenied.
    """
    require_permission(by, "add", invitation)
    invitation.made_by = by
    invitation.save()
    if invitation.email:
        send_letter(INVITATION, invitation.email, lambda: _values(invitation), language=invitation.language)


def _values(invitation: Invitation) -> dict[str, str]:
    return {
        "organization": invitation.organization_name,
        "call": invitation.call.localized.title.text,
        "end": moment_text(invitation.late_until or invitation.call.closes_at),
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
        raise ValidationError(_("This invitation lets nobody in now. Write to the secretariat if you need more time."))
    drafts = Contribution.objects.filter(call=current.call, filer=by, state=State.DRAFT, invitation=None)
    draft = drafts.first() or begin(current.call, by=by, invitation=current)
    current.contribution = draft
    current.save(update_fields=["contribution"])
    return draft
