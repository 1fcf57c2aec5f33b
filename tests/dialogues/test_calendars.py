"""Calendars of dialogues and calls, as other programs read them; and the link to register."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from dialogues.models import Dialogue
from publishing.page_sources import note_change
from tests import build
from tests.desk.test_records import edit
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


def test_the_calendar_of_the_site_has_what_is_public():
    build.dialogue(title="Public", starts_on=date(2027, 3, 1))
    hidden = build.dialogue(title="Hidden", starts_on=date(2027, 3, 1), public=False)
    build.dialogue(title="Without a date", starts_on=None)
    call = build.call(build.dialogue(title="Old", starts_on=date(2020, 1, 1)), title="Call")
    build.call(hidden, title="Hidden call")
    assert set(events("/calendar.ics")) == {"Public", "Old", "Call"}
    assert events("/calendar.ics")["Call"][0][1] == call.closes_at.replace(microsecond=0)
    assert is_absent(Client(), f"{hidden.get_absolute_url()}calendar.ics")


def raw_events(address):
    """Return the events of a calendar in their order."""
    return Calendar.from_ical(Client().get(address).content).walk("VEVENT")


def test_times_need_no_table_of_the_time_zone_and_follow_the_clocks():
    """RFC 5545 wants a VTIMEZONE for each TZID; times in UTC need none."""
    dialogue = build.dialogue(starts_on=date(2027, 3, 27), ends_on=date(2027, 3, 29), timezone="Europe/Vienna")
    zone = ZoneInfo("Europe/Vienna")
    for day in (27, 29):  # the clocks change in the night between
        begins = datetime(2027, 3, day, 9, tzinfo=zone)
        dialogue.sittings.create(starts_at=begins, ends_at=begins + timedelta(hours=3))
    content = Client().get(f"{dialogue.get_absolute_url()}calendar.ics").content
    assert b"TZID" not in content
    starts = re.findall(rb"DTSTART:(\w+)", content)
    assert starts == [b"20270327T080000Z", b"20270329T070000Z"]


def test_long_lines_are_folded_and_marks_escaped():
    title = "Papers, notes; “lamps” \\ " + "ёжик 灯 " * 12
    call = build.call(title=title.strip())
    content = Client().get(f"{call.get_absolute_url()}calendar.ics").content
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert "SUMMARY:Papers\\, notes\\; “lamps” \\\\ ёжик" in content.replace(b"\r\n ", b"").decode()
    assert set(events(f"{call.get_absolute_url()}calendar.ics")) == {title.strip()}


def test_an_event_keeps_its_identifier_in_each_language_and_with_another_slug():
    dialogue = build.dialogue(slug="quays", starts_on=date(2027, 3, 1))
    [event] = raw_events("/dialogues/quays/calendar.ics")
    [french] = raw_events("/fr/dialogues/quays/calendar.ics")
    assert french["uid"] == event["uid"]
    dialogue.slug = "ports"
    dialogue.save()
    assert raw_events("/dialogues/ports/calendar.ics")[0]["uid"] == event["uid"]
    [other] = raw_events(f"{build.dialogue(starts_on=date(2027, 3, 1)).get_absolute_url()}calendar.ics")
    assert other["uid"] != event["uid"]


def test_a_sitting_keeps_its_identifier_when_one_before_it_is_added():
    dialogue = build.dialogue(starts_on=date(2027, 3, 1))
    address = f"{dialogue.get_absolute_url()}calendar.ics"
    begins = datetime(2027, 3, 1, 14, tzinfo=UTC)
    dialogue.sittings.create(starts_at=begins, ends_at=begins + timedelta(hours=2))
    [afternoon] = raw_events(address)
    early = begins - timedelta(hours=5)
    dialogue.sittings.create(starts_at=early, ends_at=early + timedelta(hours=2))
    morning, same = raw_events(address)
    assert same["uid"] == afternoon["uid"] != morning["uid"]


def test_an_event_that_was_moved_is_newer_and_others_are_not():
    dialogue = build.dialogue(starts_on=date(2027, 3, 1))
    address = f"{dialogue.get_absolute_url()}calendar.ics"
    begins = datetime(2027, 3, 1, 9, tzinfo=UTC)
    for hours in (0, 5):
        dialogue.sittings.create(starts_at=begins + timedelta(hours=hours), ends_at=begins + timedelta(hours=hours + 2))
    stamps = [event.decoded("dtstamp") for event in raw_events(address)]
    morning = dialogue.sittings.first()
    morning.ends_at += timedelta(minutes=30)
    morning._history_date = timezone.now() + timedelta(minutes=1)
    morning.save()
    moved, same = (event.decoded("dtstamp") for event in raw_events(address))
    assert moved > stamps[0]
    assert same == stamps[1]


def test_a_call_has_a_reminder_the_day_before():
    call = build.call(title="Call")
    answer = Client().get(f"{call.get_absolute_url()}calendar.ics")
    [alarm] = Calendar.from_ical(answer.content).walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(days=-1)


def test_a_dialogue_without_a_date_has_no_calendar():
    dialogue = build.dialogue(starts_on=None)
    assert is_absent(Client(), f"{dialogue.get_absolute_url()}calendar.ics")
    assert hides(Client(), dialogue.get_absolute_url(), "calendar.ics")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("register.example", "https://register.example"),
        ("http://register.example/a", "http://register.example/a"),
        ("ftp://register.example/a", None),
        ("javascript:alert(1)", None),
    ],
)
def test_the_link_to_register_is_the_address_of_a_web_page(desk, typed, kept):
    dialogue = build.dialogue()
    page = edit(desk, f"/desk/dialogue-{dialogue.pk}/", registration_url=typed).content.decode()
    dialogue.refresh_from_db()
    assert dialogue.registration_url == (kept or "")
    assert ("Enter a valid URL." in page) == (kept is None)


def test_sittings_of_several_days_say_their_day():
    dialogue = build.dialogue(starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 2))
    begins = datetime(2027, 3, 2, 9, tzinfo=UTC)
    dialogue.sittings.create(starts_at=begins, ends_at=begins + timedelta(hours=3))
    assert shows(Client(), dialogue.get_absolute_url(), "2 March, <time")
    Dialogue.objects.update(starts_on=date(2027, 3, 2), ends_on=None)
    note_change()
    assert hides(Client(), dialogue.get_absolute_url(), "2 March, <time")


def test_the_link_to_register_is_shown_until_the_dialogue_has_ended():
    today = timezone.localdate()
    for days, look in ((3, shows), (0, shows), (-1, hides)):
        dialogue = build.dialogue(starts_on=today + timedelta(days=days), registration_url="https://register.example/")
        assert look(Client(), dialogue.get_absolute_url(), "https://register.example/")
