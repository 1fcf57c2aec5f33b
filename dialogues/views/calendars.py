"""The calendar of one dialogue."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import View
from icalendar import Event

from publishing.calendars import calendar, event
from publishing.pages import MACHINE_READ
from text.lists import joined

from ..models import Dialogue


def calendar_events(dialogue: Dialogue) -> Iterator[Event]:
    """Yield an event for each sitting of a dialogue; without sittings, one for its days, if they are known."""
    place = joined([dialogue.localized.venue.text, dialogue.localized.city.text])
    title = dialogue.localized.title.text
    sittings = list(dialogue.sittings.all())
    for number, sitting in enumerate(sittings, start=1):
        begins, ends = (moment.astimezone(dialogue.zone) for moment in (sitting.starts_at, sitting.ends_at))
        yield event(dialogue, title, begins, ends, part=f"-{number}", place=place)
    if not sittings and dialogue.starts_on and dialogue.last_day:
        yield event(dialogue, title, dialogue.starts_on, dialogue.last_day, place=place)


class DialogueCalendarView(View):
    """A dialogue for a reader's own calendar. One without a date has none."""

    public_page = MACHINE_READ

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        dialogues: Any = Dialogue.objects.visible_to(request.user).prefetch_related("sittings")
        dialogue = get_object_or_404(dialogues, slug=slug)
        if not (events := list(calendar_events(dialogue))):
            raise Http404
        return calendar(dialogue.localized.title.text, events)
