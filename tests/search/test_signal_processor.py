"""Which records a change affects, and how: the index jobs that it writes."""

from copy import deepcopy

import pytest
from django.core.serializers import deserialize, serialize
from django.db import transaction

from contributions import workflow as filing
from contributions.models import Attachment
from dialogues import workflow as proceedings
from documents.tasks import read_document
from publishing import workflow
from search.models import Effect, IndexJob
from tests import build
from tests.in_process import read_files_here
from tests.sample import index_at
from tests.search.searching import leave_jobs_waiting
from tests.search.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("idle_worker")]

CHILDREN = ("speaker", "quote", "summary", "paper", "contribution", "news")  # of a dialogue
OF_ORGANIZATION = ("speaker", "quote", "contribution")
OF_PANEL = ("speaker", "quote", "summary")  # those that have its topics


@pytest.fixture(scope="module")
def world_of_module(django_db_setup, django_db_blocker, tmp_path_factory):
    """A world for the whole module; each test gets a copy, and what it changes is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        with pytest.MonkeyPatch.context() as patch, index_at(tmp_path_factory.mktemp("world") / "index"):
            leave_jobs_waiting(patch)
            read_files_here(patch)
            made = make_world()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def world(world_of_module, db):
    """A public record of each kind, by name; the queue is empty."""
    return deepcopy(world_of_module)


def effects():
    """Return the effect that the last job of each record has, by (label, pk), and empty the queue."""
    found = {(job.label, job.object_id): job.effect for job in IndexJob.objects.order_by("pk")}
    IndexJob.objects.all().delete()
    return found


def expected(world, effect, *names):
    return {(world[name]._meta.label_lower, world[name].pk): effect for name in names}


@pytest.mark.parametrize(
    "name",
    [
        "dialogue", "series", "organization", "panel", "appearance", "speaker", "quote", "summary", "paper", "news",
        "call", "topic", "paragraph", "contribution", "revision", "attachment",
    ],
)  # fmt: skip
def test_a_record_that_is_saved_unchanged_queues_nothing(world, name):
    world[name].save()
    assert effects() == {}


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("series", "description", "Another description"),
        ("series", "notice", "A notice"),
        ("dialogue", "timezone", "Africa/Lagos"),
        ("dialogue", "follows", "Another meeting"),
        ("topic", "description", "Another description"),
        ("organization", "name", "Another name"),
        ("speaker", "title", "Minister"),
        ("appearance", "position", 7),
        ("quote", "source", "The record"),
        ("summary", "changes", ""),
        ("call", "title", "Another call"),
        ("news", "place", "Vienna"),
    ],
)
def test_a_change_that_no_document_holds_queues_nothing(world, name, field, value):
    setattr(world[name], field, value)
    world[name].save()
    assert effects() == {}


def test_only_saved_fields_count(world):
    world["series"].name = "Another name"
    world["series"].save(update_fields=["description"])
    assert effects() == {}
    world["series"].save(update_fields=["name"])
    assert effects() == expected(world, Effect.REFRESH, "dialogue", *CHILDREN[1:])


@pytest.mark.parametrize(
    ("name", "field", "value", "changed", "refreshed"),
    [
        ("series", "name", "Another name", (), ("dialogue", *CHILDREN[1:])),  # a speaker has only its facet
        ("series", "slug", "another", (), ("dialogue", *CHILDREN)),
        ("dialogue", "title", "Another title", ("dialogue",), CHILDREN),
        ("dialogue", "city", "Vienna", ("dialogue",), ()),
        ("topic", "slug", "another", ("dialogue",), OF_PANEL),  # a dialogue has the names of its topics too
        ("topic", "name", "Another name", ("dialogue",), ()),
        ("organization", "country", "NG", (), OF_ORGANIZATION),
        ("panel", "title", "Another title", ("dialogue",), ()),
        ("appearance", "title", "Minister", ("speaker",), ()),
        ("appearance", "affiliation", "Ministry", ("speaker", "quote"), ()),
        ("speaker", "name", "Another name", ("speaker", "quote"), ()),
        ("speaker", "biography", "A life.", ("speaker",), ()),
        ("quote", "text", "Other words.", ("quote",), ()),
        ("summary", "language", "fr", ("summary",), ()),
        ("paragraph", "text", "Other words.", ("summary",), ()),
        ("paper", "title", "Another title", ("paper",), ()),
        ("news", "text", "Other words.", ("news",), ()),
        ("revision", "title", "Another title", ("contribution",), ()),
        ("attachment", "language", "fr", ("contribution",), ()),
    ],
)
def test_a_change_queues_the_records_whose_documents_hold_it(world, name, field, value, changed, refreshed):
    setattr(world[name], field, value)
    world[name].save()
    assert effects() == expected(world, Effect.CHANGED, *changed) | expected(world, Effect.REFRESH, *refreshed)


def test_a_draft_queues_nothing_until_it_is_published():
    dialogue = build.dialogue(public=False)
    call, panel = build.call(dialogue, public=False), build.panel(dialogue)
    build.quote(build.appearance(dialogue), public=False)
    dialogue.title, panel.title, call.title = "One", "Two", "Three"
    for record in (dialogue, panel, call):
        record.save()
    topic = build.topic("A draft", public=False)
    dialogue.topics.add(topic)
    assert effects() == {}
    workflow.publish(dialogue, by=None)
    speaker = dialogue.appearances.get().speaker
    assert effects() == {("dialogues.dialogue", dialogue.pk): "new", ("dialogues.speaker", speaker.pk): "new"}


def test_an_unpublished_topic_can_be_renamed_without_a_job(world):
    workflow.unpublish(world["topic"], by=None)
    effects()
    world["topic"].refresh_from_db()
    world["topic"].name = "Another name"
    world["topic"].save()
    assert effects() == {}


def test_reading_a_file_changes_its_owner(world):
    read_document.call(world["attachment"].document_id)
    assert effects() == expected(world, Effect.CHANGED, "contribution")
    read_document.call(world["paper"].document_id)
    assert effects() == expected(world, Effect.CHANGED, "paper")


def test_writing_the_paragraphs_of_a_summary_changes_it(world):
    proceedings.write_paragraphs(world["summary"], "1. First paragraph.\n\n2. Another paragraph.")
    assert effects() == expected(world, Effect.CHANGED, "summary")
    proceedings.write_paragraphs(world["summary"], "2. Another paragraph.\n\n1. First paragraph.")  # another order
    assert effects() == expected(world, Effect.CHANGED, "summary")
    proceedings.write_paragraphs(world["summary"], "1. First paragraph.")
    assert effects() == expected(world, Effect.CHANGED, "summary")


def test_unpublishing_a_dialogue_hides_its_records(world):
    workflow.unpublish(world["dialogue"], by=None)
    hidden = expected(world, Effect.HIDDEN, "dialogue", "speaker", "quote", "summary", "paper", "contribution")
    assert effects() == hidden | expected(world, Effect.CHANGED, "news")


def test_unpublishing_a_dialogue_changes_those_who_spoke_at_another(world):
    build.appearance(build.dialogue(), who=world["speaker"])
    effects()
    workflow.unpublish(world["dialogue"], by=None)
    assert effects()["dialogues.speaker", world["speaker"].pk] == Effect.CHANGED


def test_unpublishing_a_topic_changes_dialogues_and_refreshes_what_has_only_its_facet(world):
    workflow.unpublish(world["topic"], by=None)
    assert effects() == expected(world, Effect.CHANGED, "dialogue") | expected(world, Effect.REFRESH, *OF_PANEL)


def test_publishing_a_topic_takes_no_record_away(world):
    workflow.unpublish(world["topic"], by=None)
    effects()
    workflow.publish(world["topic"], by=None)
    queued = effects()
    assert Effect.HIDDEN not in queued.values()
    assert set(queued) == set(expected(world, "", "dialogue", *OF_PANEL))


def test_withdrawing_hides_and_correcting_changes_a_contribution(world, reviewer):
    record = world["contribution"]
    build.correction(record, text="Our new account.")
    assert effects() == {}  # nobody has read it
    filing.publish(build.checked(record), by=reviewer)
    assert effects() == expected(world, Effect.CHANGED, "contribution")
    filing.withdraw(record, by=None)
    assert effects() == expected(world, Effect.HIDDEN, "contribution")


def test_a_deleted_record_is_hidden(world):
    gone = expected(world, Effect.HIDDEN, "paper")
    world["paper"].delete()
    assert effects() == gone


def test_records_of_a_deleted_record_are_hidden(world):
    speaker = expected(world, Effect.HIDDEN, "speaker")
    world["quote"].delete()
    build.gone(world["contribution"])
    effects()
    gone = speaker | expected(world, Effect.HIDDEN, "dialogue", "summary", "paper")
    world["call"].delete()
    world["dialogue"].delete()
    queued = {(job.label, job.object_id) for job in IndexJob.objects.filter(effect=Effect.HIDDEN)}
    assert queued == set(gone)


def test_a_deleted_panel_changes_its_dialogue_and_refreshes_the_summary(world):
    panel = build.panel(world["dialogue"], number=2)  # nobody was quoted there
    effects()
    panel.delete()
    assert effects() == expected(world, Effect.CHANGED, "dialogue") | expected(world, Effect.REFRESH, "summary")


def test_moving_an_appearance_affects_both_speakers(world):
    former, latter = world["speaker"], build.speaker("Someone else")
    build.appearance(build.dialogue(), who=former)
    effects()
    world["appearance"].speaker = latter
    world["appearance"].save()
    people = {("dialogues.speaker", former.pk): "changed", ("dialogues.speaker", latter.pk): "new"}
    assert effects() == people | expected(world, Effect.CHANGED, "quote")


def test_the_last_appearance_of_a_speaker_hides_them(world):
    world["appearance"].speaker = build.speaker("Someone else")
    world["appearance"].save()
    assert effects()["dialogues.speaker", world["speaker"].pk] == Effect.HIDDEN


def test_moving_a_panel_affects_both_dialogues_and_their_summaries(world):
    other = build.dialogue()
    summary = build.summary(other)
    effects()
    world["panel"].dialogue = other
    world["panel"].save()
    former = expected(world, Effect.CHANGED, "dialogue") | expected(world, Effect.REFRESH, "summary")
    assert effects() == former | {("dialogues.dialogue", other.pk): "new", ("dialogues.summary", summary.pk): "new"}


def test_moving_a_call_to_another_dialogue_refreshes_or_hides_its_contributions(world):
    world["call"].dialogue = build.dialogue()
    world["call"].save()
    assert effects()["contributions.contribution", world["contribution"].pk] == Effect.REFRESH
    world["call"].dialogue = build.dialogue(public=False)
    world["call"].save()
    assert effects() == expected(world, Effect.HIDDEN, "contribution")


@pytest.mark.parametrize("end", ["record", "topic"])
@pytest.mark.parametrize(
    ("name", "changed", "refreshed"),
    [("dialogue", "dialogue", ["summary"]), ("panel", "dialogue", OF_PANEL), ("contribution", "contribution", [])],
)
def test_changing_the_topics_of_a_record_affects_those_that_have_them(world, name, changed, refreshed, end):
    record, topic = world[name], build.topic("Ports")
    of_topic = {"dialogue": topic.dialogues, "panel": topic.panels, "contribution": topic.contributions}
    related, other = (record.topics, topic) if end == "record" else (of_topic[name], record)
    affected = expected(world, Effect.CHANGED, changed) | expected(world, Effect.REFRESH, *refreshed)
    changes = [(related.add, [other]), (related.remove, [other]), (related.add, [other]), (related.clear, [])]
    for change, given in changes:
        change(*given)
        assert effects() == affected


def test_loading_a_fixture_queues_nothing(world):
    world["dialogue"].title = "Another title"
    for loaded in deserialize("json", serialize("json", [world["dialogue"]])):
        loaded.save()
    assert effects() == {}


def test_a_record_without_an_index_queues_nothing(world, stranger):
    stranger.save()
    build.user("another@example.org").delete()
    Attachment.objects.get().save()
    assert effects() == {}
