"""Lists of similar records: what they hold, when they are renewed, and that nothing hidden is in them."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dialogues.models import Quote, Topic
from publishing import workflow
from search import more_like
from search.engine import Engine
from search.engine_api import EngineAwayError, QueryTimeoutError
from search.models import IndexJob, SimilarRecords
from search.tasks import rebuild, renew_similar_records, update_index
from tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("idle_worker")]


@pytest.fixture
def seat():
    return build.appearance(build.dialogue())


def quotes(seat, count, text="The quagga and the ledger"):
    return [build.quote(seat, text=f"{text}, {number}.") for number in range(count)]


def like(record):
    """Return the addresses that the page of a record lists."""
    return [similar.url for similar in more_like.more_like_this(record)]


def addresses(records):
    return [record.get_absolute_url() for record in records]


def key(record):
    return f"{record._meta.label_lower}.{record.pk}"


def kept(record):
    return SimilarRecords.objects.get(label=record._meta.label_lower, object_id=record.pk)


def kept_anywhere():
    """Return the ids of all records that lists belong to or hold."""
    rows = SimilarRecords.objects.values_list("label", "object_id", "ids")
    return {one for label, pk, ids in rows for one in (f"{label}.{pk}", *ids)}


def test_the_worker_keeps_ids_when_it_indexes_a_record(seat):
    first, second = quotes(seat, 2)
    assert like(first) == []
    update_index.call()
    assert kept(first).ids == [key(second)]
    assert kept(second).ids == [key(first)]
    assert like(first) == addresses([second])


def test_each_kind_has_its_own_place(seat):
    first, second = quotes(seat, 2)
    sent = build.contribution(build.call(seat.dialogue), title="The quagga", text="A ledger of the quagga.")
    update_index.call()
    assert like(first) == addresses([second, sent])
    assert like(sent) == addresses([first, second]) or like(sent) == addresses([second, first])
    shown = more_like.more_like_this(first)
    assert [str(similar.kind) for similar in shown] == ["Quote", "Contribution"]
    assert [similar.opening for similar in shown] == [second.text, "A ledger of the quagga."]


def test_a_record_that_comes_later_is_in_the_lists_of_those_like_it(seat):
    (first,) = quotes(seat, 1)
    update_index.call()
    assert like(first) == []
    (second,) = quotes(seat, 1, "The quagga and the ledger of another ship")
    update_index.call()
    assert like(first) == addresses([second])


def test_a_changed_record_leaves_the_lists_of_those_it_is_no_longer_like(seat):
    first, second = quotes(seat, 2)
    update_index.call()
    second.text = "Nobody heard of this."
    second.save()
    update_index.call()
    assert like(first) == like(second) == []


def test_a_page_runs_no_search(seat, client, monkeypatch):
    first, second = quotes(seat, 2)
    update_index.call()
    for name in ("find", "similarity_query"):
        monkeypatch.setattr(Engine.backend, name, lambda *args, **kwargs: pytest.fail("The page asked the engine."))
    assert second.get_absolute_url() in client.get(first.get_absolute_url()).content.decode()


def test_a_hidden_record_makes_room_for_the_next_one(seat):
    first, *others = quotes(seat, 6)
    update_index.call()
    before = like(first)
    assert len(before) == more_like.SHOWN
    hidden = next(other for other in others if other.get_absolute_url() == before[0])
    workflow.unpublish(hidden, by=None)
    after = like(first)
    assert after[:2] == before[1:]
    assert len(after) == more_like.SHOWN


def test_a_full_list_reads_no_more_records_than_it_shows(seat):
    first, *_others = quotes(seat, 6)
    update_index.call()
    like(first)
    with CaptureQueriesContext(connection) as captured:
        like(first)
    assert len(captured) == 3  # the list, the records in it, and the changes that wait


def test_a_hidden_record_leaves_no_trace(seat):
    first, second, third = quotes(seat, 3)
    update_index.call()
    assert key(second) in kept_anywhere()
    workflow.unpublish(second, by=None)
    update_index.call()
    assert kept_anywhere() == {key(first), key(third)}


def test_a_draft_is_in_no_list_and_has_none(seat):
    first, _second = quotes(seat, 2)
    draft = build.quote(seat, text="The quagga and the ledger, hidden.", public=False)
    update_index.call()
    rebuild()
    call_command("renew_similar_records", "--all", stdout=io.StringIO())
    assert key(first) in kept_anywhere()
    assert key(draft) not in kept_anywhere()


def test_a_hidden_parent_renews_no_list(seat):
    first, _second = quotes(seat, 2)
    update_index.call()
    before = kept(first).renewed_at
    seat.dialogue.topics.add(build.topic("Hidden", public=False))
    Topic.objects.get().save()
    IndexJob.objects.create(label=first._meta.label_lower, object_id=first.pk, effect="refresh")
    update_index.call()
    assert kept(first).renewed_at == before


def test_a_rebuild_makes_the_lists_that_are_missing_and_drops_those_of_none(seat):
    first, second, third = quotes(seat, 3)
    update_index.call()
    SimilarRecords.objects.filter(object_id=first.pk).delete()
    Quote.objects.filter(pk=third.pk).update(published_at=None)  # without a signal
    rebuild()
    assert kept(first).ids == [key(second)]
    assert kept_anywhere() == {key(first), key(second)}


def test_the_command_makes_every_list_again(seat):
    first, second = quotes(seat, 2)
    update_index.call()
    SimilarRecords.objects.update(ids=[])
    call_command("renew_similar_records", stdout=io.StringIO())
    assert like(first) == []
    said = io.StringIO()
    call_command("renew_similar_records", "--all", stdout=said)
    assert like(first) == addresses([second])
    assert said.getvalue() == "2 lists of similar records renewed.\n"


def test_the_chore_renews_the_lists_of_yesterday(seat):
    first, second = quotes(seat, 2)
    update_index.call()
    SimilarRecords.objects.update(ids=[])
    old = timezone.now() - more_like.RENEW_AFTER - timedelta(minutes=1)
    SimilarRecords.objects.filter(object_id=first.pk).update(renewed_at=old)
    call_command("renew_similar_records", stdout=io.StringIO())
    assert like(first) == addresses([second])
    assert kept(first).renewed_at > old
    assert like(second) == []


def test_lists_wait_for_an_engine_that_is_away(seat, monkeypatch):
    first, second = quotes(seat, 2)
    with monkeypatch.context() as away:
        away.setattr(more_like, "_find_ids", raises(EngineAwayError))
        update_index.call()
        assert like(first) == []
        with pytest.raises(CommandError, match="away"):
            call_command("renew_similar_records")
    renew_similar_records.call()
    assert like(first) == addresses([second])


def test_a_list_that_takes_too_long_stays_as_it_was(seat, monkeypatch):
    first, second = quotes(seat, 2)
    update_index.call()
    monkeypatch.setattr(Engine.backend, "find", raises(QueryTimeoutError))
    call_command("renew_similar_records", "--all", stdout=io.StringIO())
    assert like(first) == addresses([second])


def raises(error):
    def call(*args, **kwargs):
        raise error

    return call
