"""Undo for a minute what a member of staff just published, unpublished, deleted, merged or imported, by session."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contributions import workflow as review
from contributions.models import Contribution
from intake.workflow import take_back
from publishing.models import Deletion
from publishing.workflow import publish, restore, unpublish

from .kinds import find, key_of

SECONDS = 60
SESSION_KEY = "desk-undo"

OFFERS = {
    "publish": _("Published."),
    "unpublish": _("Unpublished."),
    "delete": _("Deleted."),
    "merge": _("Merged."),
    "bring in": _("The records of the press release were created."),
}


@dataclass(frozen=True)
class UndoOffer:
    """A move that can be undone: its verb, the keys of its records, and a sentence that says what was done.

    `form` is what was typed before it, as the browser submitted it, where undoing leads back to a filled form.
    """

    verb: str
    keys: list[str]
    sentence: str | Promise
    form: str = ""


def offer(request: HttpRequest, verb: str, keys: Sequence[str], *, form: str = "") -> None:
    """Keep a move that was just made, so that it can be undone. `verb` is a key of OFFERS.

    The keys are those of records, as `desk.kinds.key_of` makes them; of a deletion, its primary key. Of a merger, they
    are the primary key of its deletion and then, if the merged record was published, the key of that record.
    """
    request.session[SESSION_KEY] = {"verb": verb, "keys": list(keys), "form": form, "at": timezone.now().isoformat()}


def offered_to(request: HttpRequest) -> UndoOffer | None:
    """Return the last move of this user, or None if it is older than a minute or was undone elsewhere."""
    kept: dict[str, Any] | None = request.session.get(SESSION_KEY)
    moment = parse_datetime(kept["at"]) if kept else None
    if kept is None or moment is None:
        return None
    if timezone.now() - moment > timedelta(seconds=SECONDS):
        forget(request)
        return None
    if kept["verb"] in ("delete", "merge") and not Deletion.objects.filter(pk=kept["keys"][0]).exists():
        forget(request)  # it was restored elsewhere
        return None
    return UndoOffer(kept["verb"], kept["keys"], OFFERS[kept["verb"]], kept["form"])


def forget(request: HttpRequest) -> None:
    """Offer the last move no longer."""
    request.session.pop(SESSION_KEY, None)


@transaction.atomic
def undo(offer: UndoOffer, *, by: Any) -> list[Any]:
    """Undo a move, completely or not at all, and return its records.

    Raises what the workflow functions raise: PermissionDenied, ValidationError; Http404 for a record that is gone.
    """
    if offer.verb == "delete":
        return [restore(deletion, by=by) for deletion in Deletion.objects.filter(pk__in=offer.keys)]
    if offer.verb == "merge":
        deletion, *published = offer.keys
        apart = [restore(merged, by=by) for merged in Deletion.objects.filter(pk=deletion)]
        if apart:
            for key in published:
                publish(find(key, by), by=by)
        return apart
    records = [find(key, by) for key in offer.keys]
    if offer.verb == "bring in":
        take_back(records, by=by)
        return []
    for record in records:
        if isinstance(record, Contribution):  # its moves have a table of their own
            (review.unpublish if offer.verb == "publish" else review.publish)(record, by=by)
        else:
            (unpublish if offer.verb == "publish" else publish)(record, by=by)
    return records


def keys_of(records: Sequence[Any]) -> list[str]:
    """Return the keys of records, in their order."""
    return [key_of(record) for record in records]
