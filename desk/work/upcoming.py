"""What comes next: dialogues that begin, calls that close, contributions to be published, documents that are due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contributions.checklists import awaits_second_reader
from contributions.models import Call, Contribution
from dialogues.models import Dialogue, ExpectedDocument

from ..kinds import desk_page

DAYS_AHEAD = 60
MOST_SHOWN = 12


@dataclass(frozen=True)
class Event:
    """One thing that will happen on a day, with the address of the page on which staff prepare it."""

    day: date
    what: str | Promise
    text: str
    address: str


def upcoming(user: Any) -> list[Event]:
    """Return what comes next for `user`, the nearest day first."""
    today = timezone.localdate()
    last = today + timedelta(days=DAYS_AHEAD)
    events = [event for event in _events(user) if today <= event.day <= last]
    return sorted(events, key=lambda event: event.day)[:MOST_SHOWN]


def _events(user: Any) -> Iterator[Event]:
    today = timezone.localdate()
    if user.has_perm("dialogues.view_dialogue"):
        for dialogue in Dialogue.objects.visible_to(user).filter(starts_on__gte=today):
            yield Event(dialogue.starts_on, _("Dialogue begins"), dialogue.title, desk_page(dialogue))
    if user.has_perm("contributions.view_call"):
        for call in Call.objects.visible_to(user).published().filter(closes_at__gt=timezone.now()):
            if call.opens_at > timezone.now():
                yield Event(timezone.localdate(call.opens_at), _("Call opens"), call.title, desk_page(call))
            yield Event(timezone.localdate(call.closes_at), _("Call closes"), call.title, desk_page(call))
    if user.has_perm("contributions.view_contribution"):
        yield from _publications(user)
    if user.has_perm("dialogues.view_expecteddocument"):
        expected = ExpectedDocument.objects.visible_to(user).filter(expected_on__gte=today).select_related("dialogue")
        for document in expected:
            text = f"{document.get_kind_display()}: {document.dialogue}"
            yield Event(document.expected_on, _("Document is due"), text, desk_page(document.dialogue))


def _publications(user: Any) -> Iterator[Event]:
    """Yield the contributions that are accepted for a time."""
    accepted = Contribution.objects.visible_to(user).filter(state="accepted", publish_at__isnull=False)
    related = accepted.select_related("newest", "shown", "call").prefetch_related("newest__checks__by")
    for contribution in related:
        day = timezone.localdate(contribution.publish_at)
        what = _("Contribution is published")
        if awaits_second_reader(contribution):
            what = _("Contribution is to be published and needs a second reader")
        yield Event(day, what, str(contribution), desk_page(contribution))
