"""Consent to the publication of photographs."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.models import Verb
from publishing.workflow import locked, log, require_permission, unpublish

from ..models import Photograph


@transaction.atomic
def withdraw_consent(photograph: Photograph, *, by: Any) -> None:
    """Note that somebody in a photograph no longer agrees, and hide it at once.

    It can be published again once consent is recorded again. Raises PermissionDenied, and ValidationError if there
    is no consent.
    """
    require_permission(by, "change", photograph)
    current = locked(photograph)
    if current.consented_on is None:
        raise ValidationError(_("No consent is recorded."))
    if current.is_published:
        unpublish(current, by=by)
    current.consented_on, current.consent_note, current.consent_by = None, "", None
    current.consent_withdrawn_at = timezone.now()
    current.save()
    log(current, Verb.WITHDRAW_CONSENT, by=by)
    photograph.refresh_from_db()
