"""The calendar of the site: dialogues, and the times at which calls close."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from contributions.models import Call
from contributions.views import closing_event
from dialogues.models import Dialogue
from dialogues.views import calendar_events, in_calendars
from publishing.calendars import calendar
from publishing.changes import last_change
from publishing.pages import MACHINE_READ, public_page
from text.site_name import site_name


@require_safe
@public_page(MACHINE_READ)
def site_calendar(request: HttpRequest) -> HttpResponse:
    """Return all public dialogues with a date and all public calls, for programs that subscribe to the calendar."""
    dialogues = in_calendars(Dialogue.objects.published()).order_by("starts_on", "slug")
    calls = Call.objects.published().annotate(changed_at=last_change(Call)).order_by("closes_at", "number")
    events = [event for dialogue in dialogues for event in calendar_events(dialogue)]
    events += [closing_event(call) for call in calls]
    return calendar(site_name().text, events)
