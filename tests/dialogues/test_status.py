from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from dialogues.models import Dialogue, ExpectedDocument
from dialogues.status import (
    PublishedDocument,
    document_statuses,
    expected_documents_board,
    find_published,
    latest_by_language,
    stage_of,
)
from tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

FIRST, LAST = date(2024, 7, 10), date(2024, 7, 12)


def awaited(dialogue):
    """Return (kind, language) of each expected document of a dialogue that is not published."""
    ((_, statuses),) = expected_documents_board(Dialogue.objects.filter(pk=dialogue.pk))
    return [(one.document.kind, one.document.language) for one in statuses if one.status != "published"]


def expecting(*documents, **fields):
    """Return a new dialogue that expects documents, given as (kind, language)."""
    dialogue = build.dialogue(**fields)
    for kind, language in documents:
        dialogue.expected.create(kind=kind, language=language)
    return dialogue


def test_a_summary_in_any_language_fulfils_an_announcement_without_a_language():
    dialogue = expecting(("summary", ""))
    assert awaited(dialogue) == [("summary", "")]
    build.summary(dialogue, language="fr")
    assert awaited(dialogue) == []


def test_an_announcement_with_a_language_needs_a_summary_in_it():
    dialogue = expecting(("summary", "fr"))
    build.summary(dialogue, language="en")
    assert awaited(dialogue) == [("summary", "fr")]
    build.summary(dialogue, language="fr")
    assert awaited(dialogue) == []


def test_a_paper_fulfils_its_kind_and_language_only():
    dialogue = expecting(("programme", ""), ("programme", "fr"), ("guidance", ""))
    build.paper(dialogue, kind="programme", language="en")
    assert awaited(dialogue) == [("programme", "fr"), ("guidance", "")]


def test_documents_of_other_apps_count_as_published():
    dialogue = expecting(("contributions", ""), ("contributions", "fr"))
    assert awaited(dialogue) == [("contributions", ""), ("contributions", "fr")]
    build.contribution(build.call(dialogue))
    assert awaited(dialogue) == [("contributions", "fr")]


def test_the_newest_document_is_found_but_the_first_contribution():
    early, late = datetime(2024, 7, 1, tzinfo=UTC), datetime(2024, 8, 1, tzinfo=UTC)
    for kind, at in {"summary": late, "contributions": early}.items():
        several = [PublishedDocument(kind, "en", late, "/b/"), PublishedDocument(kind, "fr", early, "/a/")]
        assert find_published(kind, "", several).published_at == at
    assert find_published("summary", "ar", several) is None


def test_only_the_highest_version_in_each_language_counts():
    dialogue = expecting()
    build.summary(dialogue)
    second = build.summary(dialogue, version=2, changes="Names.")
    french = build.summary(dialogue, language="fr")
    assert set(latest_by_language(dialogue.summaries.all())) == {second, french}


@pytest.mark.parametrize(
    ("now", "status", "days"),
    [
        (datetime(2024, 7, 12, 21, 59, tzinfo=UTC), "announced", 0),
        (datetime(2024, 7, 12, 22, 0, tzinfo=UTC), "awaited", 0),
        (datetime(2024, 8, 12, 22, 0, tzinfo=UTC), "awaited", 31),
    ],
)
def test_a_document_is_awaited_from_the_day_after_the_dialogue_in_its_time_zone(now, status, days):
    dialogue = expecting(("summary", ""), starts_on=date(2024, 7, 10), ends_on=date(2024, 7, 12))
    (found,) = document_statuses(dialogue, [], now=now)
    assert (found.awaited_from, found.status, found.days_awaited) == (date(2024, 7, 13), status, days)


def test_without_a_date_a_document_is_awaited_from_its_announcement_if_known():
    dialogue = expecting(("summary", ""), starts_on=None)
    document = dialogue.expected.get()
    (found,) = document_statuses(dialogue, [])
    assert (found.awaited_from, found.status) == (document.announced_on, "awaited")
    assert abs(document.announced_on - datetime.now(UTC).date()) <= timedelta(days=1)
    ExpectedDocument.objects.update(announced_on=None)
    (found,) = document_statuses(dialogue, [])
    assert (found.awaited_from, found.status) == (None, "announced")


def test_the_page_shows_a_draft_as_awaited_until_it_is_published(client, desk):
    dialogue = expecting(("summary", ""))
    summary = build.summary(dialogue, public=False)
    line = '<li class="awaited"><strong>Summary</strong>'
    assert line in client.get(dialogue.get_absolute_url()).content.decode()
    assert line not in desk.get(dialogue.get_absolute_url()).content.decode()
    build.published(summary)
    assert line not in client.get(dialogue.get_absolute_url()).content.decode()


def test_the_admin_counts_confirmed_requests_without_addresses(desk):
    dialogue = expecting(("summary", "fr"))
    for number, kind in enumerate(["summary", "summary", "guidance"]):
        dialogue.alerts.create(
            address=f"reader{number}@example.org", kind=kind, document_language="fr", confirmed_at=datetime.now(UTC)
        )
    dialogue.alerts.create(address="unconfirmed@example.org", kind="summary", document_language="fr")
    assert ExpectedDocument.objects.with_waiting().get().waiting == 2
    page = desk.get(f"/admin/dialogues/dialogue/{dialogue.pk}/change/").content.decode()
    assert '<td class="field-waiting">' in page
    assert "reader0@example.org" not in page


# The stage of a dialogue.


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
def test_the_stage_follows_the_calendar_of_the_dialogues_time_zone(hour, name):
    assert stage(datetime.fromisoformat(hour)) == name


def test_the_same_moment_can_be_another_day_in_another_time_zone():
    hour = datetime(2024, 7, 10, 3, tzinfo=UTC)
    for zone, name in {"America/New_York": "announced", "Asia/Tokyo": "under-way"}.items():
        assert stage_of(Dialogue(starts_on=FIRST, timezone=zone), now=hour).name == name


def test_a_dialogue_of_one_day_ends_with_that_day():
    dialogue = Dialogue(starts_on=FIRST, timezone="UTC")
    assert stage_of(dialogue, now=datetime(2024, 7, 10, 23, 59, tzinfo=UTC)).name == "under-way"
    assert stage_of(dialogue, now=datetime(2024, 7, 11, tzinfo=UTC)).name == "held"


def test_a_held_dialogue_awaits_its_summary_and_is_concluded_by_it():
    after = datetime(2024, 8, 1, tzinfo=UTC)
    assert stage(after) == "held"
    assert stage(after, awaits_summary=True) == "summary-awaited"
    assert stage(after, has_summary=True) == "concluded"
    assert stage(after, has_summary=True, awaits_summary=True) == "concluded"


def test_a_summary_before_the_end_does_not_conclude_the_dialogue():
    assert stage(datetime(2024, 7, 11, tzinfo=UTC), has_summary=True) == "under-way"


def test_a_dialogue_without_a_date_is_undated_with_or_without_a_summary():
    undated = Dialogue(starts_on=None, timezone="UTC")
    assert stage_of(undated).name == stage_of(undated, has_summary=True).name == "undated"


@pytest.mark.parametrize(
    ("note", "name"),
    [("2023", "held"), ("autumn 1999", "held"), ("2024", "undated"), ("2025", "undated"), ("soon", "undated")],
)
def test_a_dialogue_of_which_only_the_year_is_known_is_over_with_that_year(note, name):
    dialogue = Dialogue(starts_on=None, date_note=note, timezone="UTC")
    now = datetime(2024, 7, 11, tzinfo=UTC)
    assert stage_of(dialogue, now=now).name == name
    assert stage_of(dialogue, now=now, has_summary=True).name == ("concluded" if name == "held" else name)


@pytest.mark.parametrize("starts_on", [None, FIRST, date(2999, 1, 1)])
def test_an_open_call_outweighs_the_calendar(starts_on):
    until = datetime(2024, 7, 1, tzinfo=UTC)
    found = stage_of(Dialogue(starts_on=starts_on, timezone="UTC"), has_summary=True, open_until=until)
    assert (found.name, found.until) == ("open", until)


def test_the_stage_is_that_of_today_by_default():
    today = timezone.now().astimezone(UTC).date()
    for shift, name in {-2: "held", 2: "announced"}.items():
        assert stage_of(Dialogue(starts_on=today + timedelta(days=shift), timezone="UTC")).name == name
