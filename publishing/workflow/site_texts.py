"""Change the texts of the site. Each change is in the history of the text, with the account that made it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ..models import SiteText
from ..site_texts import SiteTextKind
from .moves import save_with_history

FIELDS = ("title", "body", "original_language", "translations")


@transaction.atomic
def write_site_text(kind: SiteTextKind, text: SiteText, *, by: Any) -> None:
    """Use other words for a text of the site. Words that are the default in each language are not kept.

    Raises PermissionDenied, and ValidationError for words that do not fit.
    """
    _require_permission(by)
    if _same(text, kind.unsaved()):
        use_default_text(kind, by=by)
        return
    stored = _locked(kind)
    if stored and _same(text, stored):
        return
    text.pk = stored.pk if stored else None
    save_with_history(text, by=by)


@transaction.atomic
def use_default_text(kind: SiteTextKind, *, by: Any) -> bool:
    """Delete the words of staff for a text, in all languages, and return whether there were any.

    Their history stays, so that they can be used again. Raises PermissionDenied.
    """
    _require_permission(by)
    stored: Any = _locked(kind)
    if stored is None:
        return False
    stored._history_user = by
    stored.delete()
    return True


def _locked(kind: SiteTextKind) -> SiteText | None:
    """Return the words of staff, locked until the transaction ends."""
    return SiteText.objects.select_for_update().filter(name=kind.name).first()


def _same(one: SiteText, other: SiteText) -> bool:
    return all(getattr(one, field) == getattr(other, field) for field in FIELDS)


def _require_permission(user: Any) -> None:
    if not user.has_perm("publishing.change_sitetext"):
        raise PermissionDenied
