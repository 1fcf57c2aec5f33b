"""Calendars of dialogues and calls, as other programs read them; and the link to register."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from tests import build
from tests.gate import hides, is_absent, shows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


def events(address):
    """Return the events of a calendar as {title: [(begin, end)]}."""
    answer = Client().get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    found = {}
    for event in Calendar.from_ical(answer.content).walk("VEVENT"):
        found.setdefault(str(event["summary"]), []).append((event.decoded("dtstart"), event.decoded("dtend")))
    return found


def test_a_dialogue_has_its_sittings_or_its_days():
    dialogue = build.dialogue(title="On ports, and quays", starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 2))
    address = f"{dialogue.get_absolute_url()}calendar.ics"
    assert events(address) == {"On ports, and quays": [(date(2027, 3, 1), date(2027, 3, 3))]}
    begins = datetime(2027, 3, 1, 9, tzinfo=UTC)
    dialogue.sittings.create(starts_at=begins, ends_at=begins + timedelta(hours=3))
    [(start, end)] = events(address)["On ports, and quays"]
    assert (start, end) == (begins, begins + timedelta(hours=3))
    assert start.utcoffset() == timedelta(hours=1)


def test_the_calendar_of_the_site_has_what_is_public():
    build.dialogue(title="Public", starts_on=date(2027, 3, 1))
    hidden = build.dialogue(title="Hidden", starts_on=date(2027, 3, 1), public=False)
    build.dialogue(title="Without a date", starts_on=None)
    call = build.call(build.dialogue(title="Old", starts_on=date(2020, 1, 1)), title="Call")
    build.call(hidden, title="Hidden call")
    assert set(events("/calendar.ics")) == {"Public", "Old", "Call"}
    assert events("/calendar.ics")["Call"][0][1] == call.closes_at.replace(microsecond=0)
    assert is_absent(Client(), f"{hidden.get_absolute_url()}calendar.ics")


def test_a_call_has_a_reminder_the_day_before():
    call = build.call(title="Call")
    answer = Client().get(f"{call.get_absolute_url()}calendar.ics")
    [alarm] = Calendar.from_ical(answer.content).walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(days=-1)


def test_a_dialogue_without_a_date_has_no_calendar():
    dialogue = build.dialogue(starts_on=None)
    assert is_absent(Client(), f"{dialogue.get_absolute_url()}calendar.ics")
    assert hides(Client(), dialogue.get_absolute_url(), "calendar.ics")


def test_the_link_to_register_is_shown_until_the_dialogue_has_ended():
    today = timezone.localdate()
    for days, look in ((3, shows), (0, shows), (-1, hides)):
        dialogue = build.dialogue(starts_on=today + timedelta(days=days), registration_url="https://register.example/")
        assert look(Client(), dialogue.get_absolute_url(), "https://register.example/")
