"""Which records a change affects: those that it writes index jobs for."""

import pytest
from django.core.serializers import deserialize, serialize

from contributions.models import Attachment
from documents.tasks import read_document
from publishing import workflow
from search.models import IndexJob
from tests import build, files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("idle_worker")]


@pytest.fixture
def world():
    """Return a record of each kind, by name; the queue is empty."""
    dialogue = build.dialogue()
    world = {
        "dialogue": dialogue,
        "series": dialogue.series,
        "panel": (panel := build.panel(dialogue)),
        "appearance": build.appearance(dialogue, panel=panel),
        "summary": build.summary(dialogue),
        "paper": build.paper(dialogue),
        "call": build.call(dialogue),
        "topic": build.topic(),
    }
    panel.topics.add(world["topic"])
    world["quote"] = build.quote(world["appearance"])
    world["speaker"] = world["appearance"].speaker
    world["contribution"] = build.contribution(world["call"], attach=[("a.pdf", files.pdf())])
    IndexJob.objects.all().delete()
    return world


def jobs():
    """Return the records that have jobs, and empty the queue."""
    found = set(IndexJob.objects.values_list("label", "object_id"))
    IndexJob.objects.all().delete()
    return found


def records(world, *names):
    return {(world[name]._meta.label_lower, world[name].pk) for name in names}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("dialogue", {"dialogue", "speaker", "quote", "summary", "paper", "contribution"}),
        ("panel", {"dialogue", "speaker", "quote", "summary"}),
        ("appearance", {"speaker", "quote"}),
        ("speaker", {"speaker", "quote"}),
        ("quote", {"quote"}),
        ("summary", {"summary"}),
        ("paper", {"paper"}),
        ("call", {"contribution"}),
        ("contribution", {"contribution"}),
        ("topic", {"dialogue", "speaker", "quote", "summary"}),
        ("series", {"dialogue", "speaker", "quote", "summary", "paper", "contribution"}),
    ],
)
def test_a_saved_record_queues_the_records_it_affects(world, changed, expected):
    world[changed].save()
    assert jobs() == records(world, *expected)


def test_reading_a_file_queues_its_owner(world):
    read_document.call(world["contribution"].shown.attachments.get().document_id)
    assert jobs() == records(world, "contribution")
    read_document.call(world["paper"].document_id)
    assert jobs() == records(world, "paper")


def test_unpublishing_a_dialogue_queues_its_records(world):
    workflow.unpublish(world["dialogue"], by=None)
    assert jobs() == records(world, "dialogue", "speaker", "quote", "summary", "paper", "contribution")


def test_a_deleted_record_is_queued(world):
    expected = records(world, "paper")
    world["paper"].delete()
    assert jobs() == expected


def test_records_affected_by_a_deletion_are_queued(world):
    speaker = records(world, "speaker")
    world["quote"].delete()
    build.gone(world["contribution"])
    jobs()
    expected = speaker | records(world, "dialogue", "summary", "paper")
    world["call"].delete()
    world["dialogue"].delete()
    assert jobs() == expected


def test_moving_an_appearance_queues_both_speakers(world):
    former, latter = world["speaker"], build.speaker("Someone else")
    jobs()
    world["appearance"].speaker = latter
    world["appearance"].save()
    people = {("dialogues.speaker", former.pk), ("dialogues.speaker", latter.pk)}
    assert jobs() == people | records(world, "quote")


def test_moving_a_panel_queues_both_dialogues(world):
    other = build.dialogue(public=False)
    jobs()
    world["panel"].dialogue = other
    world["panel"].save()
    assert jobs() == records(world, "dialogue", "speaker", "quote") | {("dialogues.dialogue", other.pk)}


def test_changing_the_topics_of_a_dialogue_queues_it(world):
    world["dialogue"].topics.remove(world["topic"])
    assert records(world, "dialogue") <= jobs()
    world["dialogue"].topics.add(world["topic"])
    assert records(world, "dialogue") <= jobs()
    world["dialogue"].topics.clear()
    assert records(world, "dialogue") <= jobs()


def test_loading_a_fixture_queues_nothing(world):
    for loaded in deserialize("json", serialize("json", [world["dialogue"]])):
        loaded.save()
    assert jobs() == set()


def test_a_record_without_an_index_queues_nothing(world, stranger):
    stranger.save()
    build.user("another@example.org").delete()
    Attachment.objects.get().save()
    assert jobs() == set()
