"""Ways in that staff give to one organization."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from contributions import letters
from contributions.models import Contribution
from publishing.workflow import locked, require_permission

from .filing import begin
from .moves import State


@transaction.atomic
def invite(invitation, *, by):
    """Keep a new invitation, and send its link where it names an address."""
    require_permission(by, "add", invitation)
    invitation.made_by = by
    invitation.save()
    letters.invite(invitation)


@transaction.atomic
def take_up(invitation, *, by):
    """The draft of `by` that an invitation lets in: the one it was used for, one begun before, or a new one.

    Raises ValidationError when somebody else has used it, or when it lets nobody in any longer.
    """
    current = locked(invitation)
    if current.contribution:
        if current.contribution.filer_id != by.pk:
            raise ValidationError(_("This invitation has been used. Ask the secretariat for another one."))
        return current.contribution
    if not current.lets_in:
        raise ValidationError(_("This invitation lets nobody in now. Write to the secretariat if you need more time."))
    draft = Contribution.objects.filter(
        call=current.call, filer=by, state=State.DRAFT, invitation=None
    ).first() or begin(current.call, by=by, invitation=current)
    current.contribution = draft
    current.save(update_fields=["contribution"])
    return draft
