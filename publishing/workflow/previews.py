"""Previews: addresses at which someone without an account can read one draft."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mail.sending import send_letter
from text.localized import moment_text

from ..letters import PREVIEW
from ..models import Preview, Verb
from .moves import log, require_permission

MAX_DAYS = 90  # that a preview may stay open


@transaction.atomic
def share(
    record: Model,
    *,
    by: Any,
    days: int,
    email: str = "",
    language: str = settings.LANGUAGE_CODE,
    recipient: Model | None = None,
) -> Preview:
    """Create a preview of `record` that stays open for some days, and email its address if there is an `email`.

    `recipient` is the record of the person it is given to, whose rights they have there. Raises PermissionDenied, or
    ValidationError for another number of days than 1 to 90 and for a record of which nobody would see a preview.
    """
    require_permission(by, "add", Preview())
    if not getattr(record, "can_be_previewed", True):
        raise ValidationError(_("This record cannot be shown to anyone."))
    if not 1 <= days <= MAX_DAYS:
        raise ValidationError(_("A preview stays open from 1 to %(most)d days."), params={"most": MAX_DAYS})
    preview = Preview.objects.create(
        record=record, email=email, language=language, recipient=recipient,
        made_by=by, expires_at=timezone.now() + timedelta(days=days),
    )  # fmt: skip
    log(record, Verb.SHARE, by=by, facts={"days": days, "recipient": recipient and recipient.pk})
    if preview.email:
        # The email contains nothing of the draft, because others may be able to read it in transit.
        send_letter(PREVIEW, preview.email, lambda: _values(preview), language=preview.language)
    return preview


def _values(preview: Preview) -> dict[str, str]:
    return {
        "recipient": preview.recipient_name,
        "link": f"{settings.BASE_URL}{preview.get_absolute_url()}",
        "end": moment_text(preview.expires_at),
    }


@transaction.atomic
def withdraw_preview(preview: Preview, *, by: Any) -> None:
    """Close a preview early. Its address then answers 404, as if it had never existed."""
    require_permission(by, "delete", preview)
    record: Any = preview.record
    log(record, Verb.WITHDRAW_PREVIEW, by=by)
    preview.delete()
