"""What accepting a press release creates, and how many queries it takes. All people are invented."""

from datetime import date
from string import ascii_lowercase

import pytest

from dialogues.models import Dialogue, NewsItem, Quote, Speaker
from intake import workflow
from publishing.models import Transition
from tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]

RECORDS = 107  # a news item, a dialogue, 15 organizations, 30 speakers, 30 appearances, 30 quotes


@pytest.fixture
def release():
    """A press release of a dialogue that does not exist yet, with 30 people of 15 organizations and 30 quotes."""
    names = [f"Ana Ruiz{first}{second}" for first in "abc" for second in ascii_lowercase[:10]]
    day = date(2024, 5, 10)
    return workflow.PressRelease(
        "Text.", "Doors open", "Vienna", date(2024, 5, 12),
        meetings=[workflow.MeetingEntry(series=build.series("FIR"), title="Dialogue on Firearms", starts_on=day)],
        people=[workflow.PersonEntry(name, "Director", "", f"Door {i % 15}", 0) for i, name in enumerate(names)],
        quotes=[workflow.QuoteEntry(name, f"Door {i} is open", 0) for i, name in enumerate(names)],
    )  # fmt: skip


def rows(release):
    """Return the keys of all rows of a release."""
    kinds = ("meetings", "people", "quotes", "topics")
    return {(kind, number) for kind in kinds for number in range(len(getattr(release, kind)))} | {("news", 0)}


def other_speakers(count):
    Speaker.objects.bulk_create(Speaker(name=f"Tom Berg {n}", slug=f"tom-berg-{n}") for n in range(count))


@pytest.mark.parametrize("others", [0, 500])
def test_the_number_of_queries_does_not_depend_on_existing_speakers(
    release, secretary, others, django_assert_max_num_queries
):
    other_speakers(others)
    # Each record takes up to 8 queries: validation, row, history, index jobs. Look-ups must not add to that.
    # Each record takes up to 8 queries: validation, row, history, index jobs. Look-ups must not add to that.
    with django_assert_max_num_queries(8 * RECORDS + 40):
        created = workflow.accept(release, rows(release), by=secretary)
    assert len(created) == Transition.objects.count() == RECORDS
    with django_assert_max_num_queries(20):
        assert len(workflow.find_existing(release)) == 62


def test_each_new_record_has_one_state_in_its_history(release, secretary):
    workflow.accept(release, rows(release), by=secretary)
    for model in (Dialogue, Speaker, Quote, NewsItem):
        assert model.history.count() == model.objects.count()
    assert set(Quote.objects.values_list("news_item", flat=True)) == {NewsItem.objects.get().pk}


def test_a_new_dialogue_without_a_date_is_created_once(release, secretary):
    release.meetings[0].starts_on = None
    workflow.accept(release, rows(release), by=secretary)
    assert Dialogue.objects.get().appearances.count() == 30
    assert list(NewsItem.objects.get().dialogues.all()) == [Dialogue.objects.get()]


def test_an_existing_quote_gets_the_news_item(release, secretary):
    workflow.accept(release, rows(release) - {("news", 0)}, by=secretary)
    assert set(Quote.objects.values_list("news_item", flat=True)) == {None}
    created = workflow.accept(release, {("news", 0)}, by=secretary)
    assert created == [NewsItem.objects.get()]
    assert created[0].quotes.count() == 30


def test_an_invalid_news_item_is_refused_with_its_row(release, secretary):
    release.text = ""
    with pytest.raises(workflow.RowRefusedError) as error:
        workflow.accept(release, rows(release), by=secretary)
    assert (error.value.row, Dialogue.objects.count()) == (("news", 0), 0)
