"""Ask chairs to approve the text of a summary, for the first time or again."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mail.sending import send_letter
from publishing.models import Preview, Verb
from publishing.workflow import locked, log, require_permission, share

from ..approvals import chair_approvals, requests_for_approval
from ..letters import APPROVAL
from ..models import Appearance, Summary

PREVIEW_DAYS = 14  # of a preview that takes the place of an expired one


@transaction.atomic
def ask_for_approval(summary: Summary, *, by: Any, seen: int) -> tuple[list[Appearance], list[Appearance]]:
    """Write to each chair who has not approved the present text of a draft; return whom it reached, and whom not.

    A chair is reached by their account, or else at the email address of their last preview. `seen` is how often they
    had been asked when the page was opened, so that a second click writes to nobody. Raises PermissionDenied, and
    ValidationError if there is nobody to ask.
    """
    require_permission(by, "change", summary)
    current = locked(summary)
    if current.is_published:
        raise ValidationError(_("This summary is published: approval is asked for drafts."))
    current.check_ready()
    if len(requests_for_approval(current)) != seen:
        raise ValidationError(_("Someone else has asked for approval in the meantime."))
    missing = [chair.appearance for chair in chair_approvals(current) if not chair.is_current]
    if not missing:
        raise ValidationError(_("Each chair has approved this text."))
    reached = [appearance for appearance in missing if _ask(current, appearance, by)]
    unreached = [appearance for appearance in missing if appearance not in reached]
    if reached:
        chairs = [appearance.pk for appearance in reached]
        log(current, Verb.ASK_APPROVAL, by=by, facts={"text": current.digest, "chairs": chairs})
    return reached, unreached


def _ask(summary: Summary, appearance: Appearance, by: Any) -> bool:
    """Write to a chair, and return whether an address is known. The letter says nothing of the draft."""
    account = appearance.speaker.account
    if account and account.is_active and account.has_perm("dialogues.view_chaired_drafts"):
        _send(summary, account.email, account.language)
        return True
    previews = Preview.objects.of(summary).exclude(email="").prefetch_related("recipient")
    preview = next((preview for preview in previews if preview.is_given_to(appearance)), None)
    if preview is None:
        return False
    if preview.is_open:
        _send(preview, preview.email, preview.language)
    else:  # its letter says the same
        share(summary, by=by, days=PREVIEW_DAYS, email=preview.email, language=preview.language, recipient=appearance)
    return True


def _send(page: Summary | Preview, email: str, language: str) -> None:
    """Queue the letter with the address of a page in the language of the letter."""
    send_letter(APPROVAL, email, lambda: {"link": f"{settings.BASE_URL}{page.get_absolute_url()}"}, language=language)
