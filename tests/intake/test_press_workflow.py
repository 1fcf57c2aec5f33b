"""What accepting a press release creates, and how many queries it takes. All people are invented."""

from datetime import date
from string import ascii_lowercase

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialogues.models import Appearance, Dialogue, NewsItem, Organization, Quote, Speaker, Topic
from intake import workflow
from intake.workflow import press
from publishing.models import Deletion, PublicChange, Transition
from publishing.workflow import restore
from search.models import IndexJob
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
    # Each record takes up to 3 queries to validate it and to find a free address; all is written in bulk.
    with django_assert_max_num_queries(3 * RECORDS + 60):
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
    with pytest.raises(workflow.RowsRefusedError) as error:
        workflow.accept(release, rows(release), by=secretary)
    assert (list(error.value.sentences), Dialogue.objects.count()) == ([("news", 0)], 0)


def test_little_is_done_while_the_database_is_locked(release, secretary):
    """All look-ups and checks come before the transaction, in which the number of queries is that of the tables."""
    with CaptureQueriesContext(connection) as queries:
        workflow.accept(release, rows(release), by=secretary)
    said = [one["sql"].split()[0] for one in queries]
    locked = said[said.index("INSERT") :]
    assert len(locked) < 60
    assert len(said) > 200


def test_all_is_prepared_again_if_others_wrote_meanwhile(release, secretary, monkeypatch):
    """The speaker that another user saves after the look-up is found the second time, and not made twice."""
    name, planned = release.people[0].name, []

    class SlowPlan(press.Plan):
        def __init__(self, *args):
            super().__init__(*args)
            planned.append(len(self.created))
            if len(planned) == 1:
                Speaker.objects.create(name=name, slug="same")

    monkeypatch.setattr(press, "Plan", SlowPlan)
    created = workflow.accept(release, rows(release), by=secretary)
    assert planned == [RECORDS, RECORDS - 1]
    assert len(created) == RECORDS - 1
    assert Speaker.objects.get(name=name).appearances.count() == 1


def test_accepting_ends_if_others_write_all_the_time(release, secretary, monkeypatch):
    count = iter(range(100))

    class SlowPlan(press.Plan):
        def __init__(self, *args):
            super().__init__(*args)
            Speaker.objects.create(name="Eva Holm", slug=f"eva-{next(count)}")

    monkeypatch.setattr(press, "Plan", SlowPlan)
    with pytest.raises(workflow.RowsRefusedError, match="accept again"):
        workflow.accept(release, rows(release), by=secretary)
    assert (Dialogue.objects.count(), Transition.objects.count()) == (0, 0)


def test_two_chairs_of_a_new_dialogue_are_refused(release, secretary):
    release.people[0].role = release.people[1].role = "chair"
    with pytest.raises(workflow.RowsRefusedError, match="has a chair already") as error:
        workflow.accept(release, rows(release), by=secretary)
    assert (list(error.value.sentences), Speaker.objects.count()) == ([("people", 1)], 0)
    release.people[1].role = "co-chair"
    with pytest.raises(workflow.RowsRefusedError, match="either one chair or several co-chairs"):
        workflow.accept(release, rows(release), by=secretary)


def test_names_that_give_the_same_address_get_two(release, secretary):
    release.people[0].name, release.people[1].name = "Анна Берг", "Ольга Берг"  # no letter of these is in a slug
    release.quotes = []
    workflow.accept(release, rows(release), by=secretary)
    assert Speaker.objects.values("slug").distinct().count() == Speaker.objects.count() == 30


def test_the_index_and_kept_pages_learn_of_an_appearance_at_a_public_dialogue(release, secretary):
    """An appearance at a published dialogue is public; a quote is a draft."""
    release.meetings[0].existing = build.dialogue()
    IndexJob.objects.all().delete()
    changes = PublicChange.objects.count()
    workflow.accept(release, {("quotes", 0)}, by=secretary)
    assert PublicChange.objects.count() > changes
    assert IndexJob.objects.filter(label="dialogues.speaker").exists()


def test_drafts_do_not_reach_the_index(release, secretary):
    jobs = IndexJob.objects.count()
    workflow.accept(release, rows(release), by=secretary)
    assert IndexJob.objects.count() == jobs


def test_publishing_comes_after_all_is_saved(release, secretary):
    workflow.accept(release, rows(release), by=secretary, and_publish=True)
    assert Quote.objects.published().count() == Appearance.objects.count() == 30
    assert Topic.objects.count() == 0
    assert set(Quote.objects.values_list("number", flat=True)) == set(range(1, 31))


@pytest.mark.parametrize("and_publish", [False, True])
def test_all_that_a_release_brought_in_is_taken_back(release, secretary, and_publish):
    created = workflow.accept(release, rows(release), by=secretary, and_publish=and_publish)
    workflow.take_back([type(one).objects.get(pk=one.pk) for one in created], by=secretary)
    assert [model.objects.count() for model in (NewsItem, Dialogue, Speaker, Organization, Appearance, Quote)] == [
        0
    ] * 6
    assert Deletion.objects.count() == RECORDS
    for deletion in Deletion.objects.order_by("-pk"):
        restore(deletion, by=secretary)
    assert Quote.objects.count() == Appearance.objects.count() == 30


def test_records_that_were_there_before_stay(release, secretary):
    before = release.meetings[0].existing = build.dialogue()
    workflow.take_back(workflow.accept(release, rows(release), by=secretary), by=secretary)
    assert list(Dialogue.objects.all()) == [before]
    assert Appearance.objects.count() == 0


def test_nothing_is_taken_back_that_others_have_used_by_now(release, secretary):
    created = workflow.accept(release, rows(release), by=secretary)
    appearance = Appearance.objects.earliest("pk")
    Quote.objects.create(appearance=appearance, text="Another door", language="en")
    with pytest.raises(ValidationError, match="is in use now"):
        workflow.take_back(created, by=secretary)
    assert (Quote.objects.count(), Deletion.objects.count()) == (31, 0)


def test_taking_back_needs_the_permission_to_delete(release, secretary, reviewer):
    created = workflow.accept(release, rows(release), by=secretary)
    with pytest.raises(PermissionDenied):
        workflow.take_back(created, by=reviewer)
    assert Quote.objects.count() == 30


@pytest.mark.parametrize("label", ["Press release", "Communiqué de presse", "NOTA DE PRENSA", "新闻稿"])
def test_the_news_text_repeats_neither_the_title_nor_the_label(release, secretary, label):
    release.text = f"{label}\n\n{release.title}\n\nPhoto: Ana Ruiz\n\nDoors open at night."
    workflow.accept(release, {("news", 0)}, by=secretary)
    assert NewsItem.objects.get().text == "## Photo: Ana Ruiz\n\nDoors open at night."
