"""Calendars for other programs, as iCalendar (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from icalendar import Alarm, Calendar, Event

CONTENT_TYPE = "text/calendar; charset=utf-8"


def event(
    record: Any,
    title: str,
    begins: date,
    ends: date,
    *,
    part: str = "",
    place: str = "",
    days_before: int = 0,
) -> Event:
    """Return an event with this title and the address of a record, and a reminder some days before, if any.

    Dates without a time stand for whole days, the last one included. `part` tells apart several events of a record.
    """
    made = Event()
    host = settings.BASE_URL.partition("://")[2]
    made.add("uid", f"{record._meta.model_name}-{record.get_absolute_url().strip('/').replace('/', '-')}{part}@{host}")
    # RFC 5545 requires it. The time of the request would make each answer another one.
    made.add("dtstamp", record.published_at or datetime(2000, 1, 1, tzinfo=UTC))
    made.add("summary", title)
    is_day = not isinstance(ends, datetime)
    made.add("dtstart", begins)
    made.add("dtend", ends + timedelta(days=1) if is_day else ends)
    made.add("url", settings.BASE_URL + record.get_absolute_url())
    if place:
        made.add("location", place)
    if days_before:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", timedelta(days=-days_before))
        made.add_component(alarm)
    return made


def calendar(name: str, events: Iterable[Event]) -> HttpResponse:
    """Return a calendar with these events as the answer to a request."""
    made = Calendar()
    made.add("prodid", f"-//{settings.SITE_NAME}//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    for one in events:
        made.add_component(one)
    return HttpResponse(made.to_ical(), content_type=CONTENT_TYPE)
