from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from dialogues.models import Dialogue
from dialogues.stage import stage_of

FIRST, LAST = date(2024, 7, 10), date(2024, 7, 12)


def stage(now, **known):
    dialogue = Dialogue(starts_on=FIRST, ends_on=LAST, timezone="Europe/Vienna")
    return stage_of(dialogue, now=now, **known).name


@pytest.mark.parametrize(
    ("hour", "name"),
    [
        ("2024-07-09T23:59:59+02:00", "announced"),
        ("2024-07-10T00:00:00+02:00", "under-way"),
        ("2024-07-12T23:59:59+02:00", "under-way"),
        ("2024-07-13T00:00:00+02:00", "held"),
        ("2024-07-09T22:00:00+00:00", "under-way"),
        ("2024-07-12T22:00:00+00:00", "held"),
    ],
)
def test_the_calendar_of_the_dialogues_own_city_decides(hour, name):
    assert stage(datetime.fromisoformat(hour)) == name


def test_the_same_hour_is_another_day_elsewhere():
    hour = datetime(2024, 7, 10, 3, tzinfo=UTC)
    for zone, name in {"America/New_York": "announced", "Asia/Tokyo": "under-way"}.items():
        assert stage_of(Dialogue(starts_on=FIRST, timezone=zone), now=hour).name == name


def test_a_single_day_is_over_when_it_is_over():
    dialogue = Dialogue(starts_on=FIRST, timezone="UTC")
    assert stage_of(dialogue, now=datetime(2024, 7, 10, 23, 59, tzinfo=UTC)).name == "under-way"
    assert stage_of(dialogue, now=datetime(2024, 7, 11, tzinfo=UTC)).name == "held"


def test_what_was_held_waits_for_its_summary_and_concludes_with_it():
    after = datetime(2024, 8, 1, tzinfo=UTC)
    assert stage(after) == "held"
    assert stage(after, awaits_summary=True) == "summary-awaited"
    assert stage(after, has_summary=True) == "concluded"
    assert stage(after, has_summary=True, awaits_summary=True) == "concluded"


def test_a_summary_before_the_end_concludes_nothing():
    assert stage(datetime(2024, 7, 11, tzinfo=UTC), has_summary=True) == "under-way"


def test_without_a_date_it_is_to_be_announced_with_or_without_a_summary():
    undated = Dialogue(starts_on=None, timezone="UTC")
    assert stage_of(undated).name == stage_of(undated, has_summary=True).name == "undated"


@pytest.mark.parametrize("starts_on", [None, FIRST, date(2999, 1, 1)])
def test_an_open_call_outweighs_the_calendar(starts_on):
    until = datetime(2024, 7, 1, tzinfo=UTC)
    found = stage_of(Dialogue(starts_on=starts_on, timezone="UTC"), has_summary=True, open_until=until)
    assert (found.name, found.until) == ("open", until)


def test_now_is_now_unless_another_hour_is_given():
    today = timezone.now().astimezone(UTC).date()
    for shift, name in {-2: "held", 2: "announced"}.items():
        assert stage_of(Dialogue(starts_on=today + timedelta(days=shift), timezone="UTC")).name == name
