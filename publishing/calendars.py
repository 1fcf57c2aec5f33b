"""Calendars for other programs, as iCalendar (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.http import HttpResponse
from django.utils.crypto import salted_hmac
from icalendar import Alarm, Calendar, Event

CONTENT_TYPE = "text/calendar; charset=utf-8"


def event(
    record: Any,
    title: str,
    begins: date,
    ends: date,
    *,
    of: Model | None = None,
    place: str = "",
    changed_at: datetime | None = None,
    days_before: int = 0,
) -> Event:
    """Return an event with this title and the address of a record, and a reminder some days before, if any.

    Dates without a time stand for whole days, the last one included; times are written in UTC, which needs no table of
    the time zone. `of` is the part of the record that the event is about, such as a sitting. `changed_at` is when the
    event was last changed, by which programs tell which of two copies is newer.
    """
    made = Event()
    made.add("uid", uid_of(of or record))
    # RFC 5545 requires it. With the time of the request, each answer would be different.
    made.add("dtstamp", changed_at or record.published_at or datetime(2000, 1, 1, tzinfo=UTC))
    made.add("summary", title)
    if isinstance(begins, datetime) and isinstance(ends, datetime):
        begins, ends = begins.astimezone(UTC), ends.astimezone(UTC)
    else:
        ends += timedelta(days=1)
    made.add("dtstart", begins)
    made.add("dtend", ends)
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


def uid_of(record: Model) -> str:
    """Return the identifier of the event about a record: the same in each language and after its slug has changed.

    A primary key would tell how many records are hidden, so a digest of it with the site's key is used.
    """
    digest = salted_hmac("publishing.calendars", f"{record._meta.label_lower}-{record.pk}").hexdigest()
    return f"{digest}@{settings.BASE_URL.partition('://')[2]}"


def calendar(name: str, events: Iterable[Event]) -> HttpResponse:
    """Return a calendar with these events as the answer to a request."""
    made = Calendar()
    made.add("prodid", f"-//{settings.SITE_NAME}//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    for one in events:
        made.add_component(one)
    return HttpResponse(made.to_ical(), content_type=CONTENT_TYPE)
