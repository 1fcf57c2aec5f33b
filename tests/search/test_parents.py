"""A change of a parent hides none of its children: found, counted and sorted as before, until the index is updated."""

from copy import deepcopy

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from dialogues.models import Organization
from dialogues.search_indexes import QuoteIndex
from publishing import workflow
from search.models import Effect, IndexJob
from search.query import Results
from search.tasks import update_index
from search.waiting import waiting_records
from tests import build
from tests.once import index_made_once, made_once
from tests.sample import copy_index
from tests.search.searching import find

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("idle_worker")]


def make_dialogues():
    """Return a dialogue of which each record has the word "ledger", made beside another dialogue."""
    topics = [build.topic(name) for name in ("Debts", "Loans")]
    organization = Organization.objects.create(name="Open Door", type="civil-society", country="AT")
    for code, title in (("TIP", "The first"), ("WAR", "The second")):
        made = build.dialogue(series=build.series(code), title=f"{title} ledger")
        made.topics.set(topics)
        appearance = build.appearance(made, title="Keeper of the ledger", organization=organization)
        build.quote(appearance, text="A ledger!")
        build.summary(made, text="1. A ledger.")
        build.paper(made, title="Ledger")
        build.news_item(about=[made], text="A ledger.")
        build.contribution(build.call(made), text="A ledger.", organization=organization)
        topics = topics[:1]
    return made


@pytest.fixture(scope="module")
def made_for_all(django_db_setup, django_db_blocker):
    yield from made_once(django_db_blocker, make_dialogues)


@pytest.fixture(scope="module")
def index_of_all(made_for_all, django_db_blocker, tmp_path_factory):
    return index_made_once(django_db_blocker, tmp_path_factory.mktemp("parents") / "index")


@pytest.fixture
def dialogue(made_for_all, index_of_all, db):
    """The dialogue, as it is stored and indexed."""
    copy_index(index_of_all)
    return deepcopy(made_for_all)


def rename(record, field="name", value="Another name"):
    setattr(record, field, value)
    record.save()


CHANGES = {
    "series renamed": lambda dialogue: rename(dialogue.series),
    "call renamed": lambda dialogue: rename(dialogue.calls.get(), "title"),
    "organization renamed": lambda dialogue: rename(Organization.objects.get()),
    "country of the organization": lambda dialogue: rename(Organization.objects.get(), "country", "NG"),
    "topic renamed": lambda dialogue: rename(dialogue.topics.first()),
    "topic unpublished": lambda dialogue: workflow.unpublish(dialogue.topics.first(), by=None),
    "topic taken off": lambda dialogue: dialogue.topics.clear(),
}


def look(**filters):
    """Return all that a reader sees of a search but the names of parents."""
    results = [find("ledger", page=page, sort=sort, **filters) for page in (1, 2) for sort in ("relevance", "date")]
    facets = [
        {choice.value: choice.count for choice in facet.choices}
        for facet in results[0].facets
        if facet.name not in ("topic", "series")
    ]
    hits = [[(type(hit.record), hit.record.pk) for hit in one.hits] for one in results]
    return [one.total for one in results], hits, facets


@pytest.mark.parametrize("change", CHANGES)
def test_children_are_found_counted_and_sorted_as_before(dialogue, change):
    before = look(), look(kind="contribution"), find("ledger", series=dialogue.series.slug).total
    assert before[0][0] == [14] * 4
    CHANGES[change](dialogue)
    assert (look(), look(kind="contribution"), find("ledger", series=dialogue.series.slug).total) == before


def test_the_children_of_a_dialogue_that_is_renamed_are_found_as_before(dialogue):
    contributions = look(kind="contribution")[:2]
    children = [hit for hit in look()[1][0] + look()[1][2] if hit != (type(dialogue), dialogue.pk)]
    rename(dialogue, "title")
    totals, hits, _facets = look()
    assert totals == [13] * 4  # the word was its own, and it has it no longer
    assert hits[0] + hits[2] == children
    assert look(kind="contribution")[:2] == contributions


def test_a_series_that_is_saved_unchanged_changes_nothing(dialogue):
    before = look()
    dialogue.series.save()
    assert not IndexJob.objects.exists()
    assert look() == before


def test_an_unpublished_dialogue_is_gone_with_its_children_at_once(dialogue):
    before = find("ledger").total
    workflow.unpublish(dialogue, by=None)
    results = find("ledger")
    assert results.total == before / 2 + 1  # the news item has its own gate
    assert {choice.value for facet in results.facets if facet.name == "series" for choice in facet.choices} == set()
    assert find("ledger", series="war").total == 0
    assert find(f"dialogue:{dialogue.slug}") == Results()
    update_index.call()
    assert find("ledger").total == before / 2 + 1


def read_queue(queries):
    return [query["sql"] for query in queries if "search_indexjob" in query["sql"]]


def test_refresh_jobs_are_not_read_however_many_wait(dialogue):
    quote = find("ledger", kind="quote").hits[0].record
    IndexJob.objects.create(label="dialogues.quote", object_id=quote.pk, effect=Effect.HIDDEN)
    before, waiting = find("ledger"), waiting_records()
    with CaptureQueriesContext(connection) as few:
        find("ledger")
    jobs = (IndexJob(label="contributions.contribution", object_id=number) for number in range(100_000))
    IndexJob.objects.bulk_create(jobs, batch_size=10_000)
    assert waiting_records() is waiting
    with CaptureQueriesContext(connection) as many:
        after = find("ledger")
    assert [query["sql"] for query in many] == [query["sql"] for query in few]
    assert len(read_queue(many)) == 1
    assert (after.total, after.hits) == (before.total, before.hits)
    plan = IndexJob.objects.urgent().order_by("-pk")[:50].explain()
    assert "urgent_index_jobs" in plan


def test_the_same_ids_are_passed_to_the_engine_while_nothing_changes(dialogue, backend, monkeypatch):
    quote, other = (hit.record for hit in find("ledger", kind="quote").hits)
    seen, run = [], backend.find
    monkeypatch.setattr(backend, "find", lambda query: seen.append(query.excluded_ids) or run(query))
    workflow.unpublish(quote, by=None)
    find("ledger")
    find("another")
    assert seen[0] is seen[1]
    assert seen[0] == (f"dialogues.quote.{quote.pk}",)
    other.text = "A ledger, and more."
    other.save()
    find("unicorn")
    find("zebra")
    assert seen[2] is seen[3]
    assert set(seen[2]) == {f"dialogues.quote.{quote.pk}", f"dialogues.quote.{other.pk}"}
    find("ledger")
    assert seen[4] == seen[0]  # it is found
    update_index.call()
    find("ledger")
    assert seen[-1] == ()


def test_a_present_document_is_read_once_for_each_change(dialogue, monkeypatch):
    quote = find("ledger", kind="quote").hits[0].record
    read, read_document = [], QuoteIndex.document
    monkeypatch.setattr(QuoteIndex, "document", lambda self, one: read.append(one.pk) or read_document(self, one))
    for text in ("One ledger.", "Two ledgers."):
        quote.text = text
        quote.save()
        for line in ("ledger", "one", "two"):
            find(line)
    assert read == [quote.pk, quote.pk]


def test_a_change_that_is_rolled_back_leaves_nothing_behind(dialogue):
    quote = find("ledger", kind="quote").hits[0].record
    for text, total in (("One debt.", 13), ("One ledger.", 14)):  # the two jobs get the same primary key
        with transaction.atomic():
            quote.text = text
            quote.save()
            assert find("ledger").total == total
            transaction.set_rollback(True)
        assert find("ledger").total == 14
