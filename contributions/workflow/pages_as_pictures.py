"""Files that are held because they may have hidden text: reviewers have such pages published as pictures."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from documents.workflow import picture_pages
from mail.sending import send_letter
from publishing.models import Verb
from publishing.workflow import locked, log, require_permission

from ..letters import PICTURED
from ..models import Attachment, Contribution, Look
from .move_letters import address_of_own
from .moves import State, WrongStateError


@transaction.atomic
def turn_into_pictures(attachment: Attachment, *, by: Any) -> list[int]:
    """Turn the faulty pages of a file into pictures, email the writers of the contribution, and return their numbers.

    This is possible only before the file is published, so that a reviewer opens the new copy and sees what the public
    will see. Raises PermissionDenied, and ValidationError if it is too late or can't be done.
    """
    contribution: Contribution = locked(attachment.revision.contribution)
    require_permission(by, "publish", contribution)
    newest = contribution.newest_id == attachment.revision_id
    if not newest or contribution.shown_id == attachment.revision_id or contribution.state != State.SUBMITTED:
        raise WrongStateError(_("Only files of contributions awaiting review can be changed."))
    numbers = picture_pages(attachment.document)
    if not numbers:
        raise ValidationError(
            _("The pages of this file cannot be turned into pictures: ask the sender for another file.")
        )
    Look.objects.filter(files=attachment).delete()  # everybody must look at the new copy
    log(contribution, Verb.PICTURE_PAGES, by=by, facts={"file": attachment.number, "pages": numbers})
    words = {"reference": contribution.reference, "file": str(attachment.number), "pages": ", ".join(map(str, numbers))}
    for writer in contribution.writers:
        send_letter(PICTURED, writer.email, lambda: {**words, "mine": address_of_own()}, language=writer.language)
    return numbers
