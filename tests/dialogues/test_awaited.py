from datetime import UTC, date, datetime, timedelta

import pytest

from dialogues.awaited import Arrival, arrival_of, entries, newest_of_each_language
from dialogues.board import board
from dialogues.models import Dialogue, ExpectedDocument
from tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


def waiting(dialogue):
    ((_, found),) = board(Dialogue.objects.filter(pk=dialogue.pk))
    return [(entry.document.kind, entry.document.language) for entry in found if entry.state != "published"]


def expecting(*documents, **fields):
    dialogue = build.dialogue(**fields)
    for kind, language in documents:
        dialogue.expected.create(kind=kind, language=language)
    return dialogue


def test_a_summary_in_any_language_will_do_where_no_language_was_announced():
    dialogue = expecting(("summary", ""))
    assert waiting(dialogue) == [("summary", "")]
    build.summary(dialogue, language="fr")
    assert waiting(dialogue) == []


def test_an_announced_language_waits_for_that_language():
    dialogue = expecting(("summary", "fr"))
    build.summary(dialogue, language="en")
    assert waiting(dialogue) == [("summary", "fr")]
    build.summary(dialogue, language="fr")
    assert waiting(dialogue) == []


def test_a_paper_fulfils_its_own_kind_and_language():
    dialogue = expecting(("programme", ""), ("programme", "fr"), ("guidance", ""))
    build.paper(dialogue, kind="programme", language="en")
    assert waiting(dialogue) == [("programme", "fr"), ("guidance", "")]


def test_what_another_room_holds_is_there():
    dialogue = expecting(("contributions", ""), ("contributions", "fr"))
    assert waiting(dialogue) == [("contributions", ""), ("contributions", "fr")]
    build.contribution(build.call(dialogue))
    assert waiting(dialogue) == [("contributions", "fr")]


def test_of_several_the_newest_is_there_and_of_contributions_the_first():
    early, late = datetime(2024, 7, 1, tzinfo=UTC), datetime(2024, 8, 1, tzinfo=UTC)
    for kind, at in {"summary": late, "contributions": early}.items():
        several = [Arrival(kind, "en", late, "/b/"), Arrival(kind, "fr", early, "/a/")]
        assert arrival_of(kind, "", several).at == at
    assert arrival_of("summary", "ar", several) is None


def test_of_versions_the_highest_counts():
    dialogue = expecting()
    build.summary(dialogue)
    second = build.summary(dialogue, version=2, changes="Names.")
    french = build.summary(dialogue, language="fr")
    assert set(newest_of_each_language(dialogue.summaries.all())) == {second, french}


@pytest.mark.parametrize(
    ("now", "state", "days"),
    [
        (datetime(2024, 7, 12, 21, 59, tzinfo=UTC), "announced", 0),
        (datetime(2024, 7, 12, 22, 0, tzinfo=UTC), "awaited", 0),
        (datetime(2024, 8, 12, 22, 0, tzinfo=UTC), "awaited", 31),
    ],
)
def test_it_is_awaited_from_the_day_after_the_dialogue_in_its_own_city(now, state, days):
    dialogue = expecting(("summary", ""), starts_on=date(2024, 7, 10), ends_on=date(2024, 7, 12))
    (entry,) = entries(dialogue, [], now=now)
    assert (entry.since, entry.state, entry.days) == (date(2024, 7, 13), state, days)


def test_without_a_date_it_is_awaited_since_its_announcement_if_that_is_known():
    dialogue = expecting(("summary", ""), starts_on=None)
    document = dialogue.expected.get()
    (entry,) = entries(dialogue, [])
    assert (entry.since, entry.state) == (document.announced_on, "awaited")
    assert abs(document.announced_on - datetime.now(UTC).date()) <= timedelta(days=1)
    ExpectedDocument.objects.update(announced_on=None)
    (entry,) = entries(dialogue, [])
    assert (entry.since, entry.state) == (None, "announced")


def test_the_page_awaits_a_draft_until_it_is_published(client, desk):
    dialogue = expecting(("summary", ""))
    summary = build.summary(dialogue, public=False)
    line = '<li class="awaited"><strong>Co-Chairs’ summary</strong>'
    assert line in client.get(dialogue.get_absolute_url()).content.decode()
    assert line not in desk.get(dialogue.get_absolute_url()).content.decode()
    build.published(summary)
    assert line not in client.get(dialogue.get_absolute_url()).content.decode()


def test_the_desk_counts_who_waits_and_names_nobody(desk):
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
