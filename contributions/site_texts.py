"""The terms of contributing, which staff can write themselves."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mail.letter import Field
from publishing.site_texts import SiteTextKind, register

from .workflow import HELD_DAYS


def _values() -> dict[str, Any]:
    return {
        "draft_days": settings.DRAFT_DAYS,
        "withdrawn_days": settings.WITHDRAWN_DAYS,
        "held_days": HELD_DAYS,
        "contact": settings.CONTACT_EMAIL,
    }


TERMS = register(
    SiteTextKind(
        "terms",
        _("How we handle your contribution"),
        _("The terms of contributing: what is published, how long it is kept, and how it is taken down."),
        "contributions/texts/terms.txt",
        (
            Field("draft_days", _("Days until an untouched draft is deleted."), "180"),
            Field("withdrawn_days", _("Days until withdrawn or declined content is deleted."), "30"),
            Field("held_days", _("Days until what was sent without a code is deleted."), "7"),
            Field("contact", _("The email address for readers, from the settings."), "secretariat@example.org"),
        ),
        _values,
    )
)
