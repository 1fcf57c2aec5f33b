"""The calendar of one dialogue."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import View
from icalendar import Event

from publishing.calendars import calendar, event
from publishing.changes import last_change
from publishing.pages import MACHINE_READ
from text.lists import joined

from ..models import Dialogue, Sitting


def in_calendars(dialogues: Any) -> Any:
    """Return dialogues with their sittings, and when each was last published or changed."""
    sittings = Sitting.objects.annotate(changed_at=last_change(Sitting, published=None))
    return dialogues.annotate(changed_at=last_change(Dialogue)).prefetch_related(Prefetch("sittings", sittings))


def calendar_events(dialogue: Any) -> Iterator[Event]:
    """Yield an event for each sitting of a dialogue; without sittings, one for its days, if they are known."""
    place = joined([dialogue.localized.venue.text, dialogue.localized.city.text])
    title = dialogue.localized.title.text
    sittings = list(dialogue.sittings.all())
    for sitting in sittings:
        changes = [moment for moment in (dialogue.changed_at, sitting.changed_at) if moment]
        yield event(
            dialogue, title, sitting.starts_at, sitting.ends_at,
            of=sitting, place=place, changed_at=max(changes, default=None),
        )  # fmt: skip
    if not sittings and dialogue.starts_on and dialogue.last_day:
        yield event(dialogue, title, dialogue.starts_on, dialogue.last_day, place=place, changed_at=dialogue.changed_at)


class DialogueCalendarView(View):
    """A dialogue for a reader's own calendar. One without a date has none."""

    public_page = MACHINE_READ

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        dialogue = get_object_or_404(in_calendars(Dialogue.objects.visible_to(request.user)), slug=slug)
        if not (events := list(calendar_events(dialogue))):
            raise Http404
        return calendar(dialogue.localized.title.text, events)
