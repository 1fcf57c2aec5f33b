"""Which change reaches which records: seen from the jobs that it leaves."""

import pytest
from django.core.serializers import deserialize, serialize

from contributions.models import Attachment
from documents.tasks import read_document
from publishing import workflow
from search.models import IndexJob
from tests import build, files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("worker_rests")]


@pytest.fixture
def house():
    """One of each record of an index, with an empty queue."""
    dialogue = build.dialogue()
    house = {
        "dialogue": dialogue,
        "series": dialogue.series,
        "panel": build.panel(dialogue),
        "appearance": build.appearance(dialogue),
        "summary": build.summary(dialogue),
        "paper": build.paper(dialogue),
        "call": build.call(dialogue),
        "topic": build.topic(),
    }
    dialogue.topics.add(house["topic"])
    house["quote"] = build.quote(house["appearance"])
    house["speaker"] = house["appearance"].speaker
    house["contribution"] = build.contribution(house["call"], attach=[("a.pdf", files.pdf())])
    IndexJob.objects.all().delete()
    return house


def touched():
    """The kinds of records that have jobs now; the queue is empty afterwards."""
    found = set(IndexJob.objects.values_list("label", "object_id"))
    IndexJob.objects.all().delete()
    return found


def records(house, *names):
    return {(house[name]._meta.label_lower, house[name].pk) for name in names}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("dialogue", {"dialogue", "speaker", "quote", "summary", "paper", "contribution"}),
        ("panel", {"dialogue"}),
        ("appearance", {"speaker", "quote"}),
        ("speaker", {"speaker", "quote"}),
        ("quote", {"quote"}),
        ("summary", {"summary"}),
        ("paper", {"paper"}),
        ("call", {"contribution"}),
        ("contribution", {"contribution"}),
        ("topic", {"dialogue", "speaker", "quote", "summary", "paper", "contribution"}),
        ("series", {"dialogue", "speaker", "quote", "summary", "paper", "contribution"}),
    ],
)
def test_a_change_touches(house, changed, expected):
    house[changed].save()
    assert touched() == records(house, *expected)


def test_a_file_that_is_read_touches_what_it_belongs_to(house):
    read_document.call(house["contribution"].shown.attachments.get().document_id)
    assert touched() == records(house, "contribution")
    read_document.call(house["paper"].document_id)
    assert touched() == records(house, "paper")


def test_the_gate_of_a_dialogue_touches_all_that_follows_it(house):
    workflow.unpublish(house["dialogue"], by=None)
    assert touched() == records(house, "dialogue", "speaker", "quote", "summary", "paper", "contribution")


def test_what_is_deleted_is_touched(house):
    expected = records(house, "paper")
    house["paper"].delete()
    assert touched() == expected


def test_what_goes_with_it_is_touched_too(house):
    speaker = records(house, "speaker")
    house["quote"].delete()
    build.gone(house["contribution"])
    touched()
    expected = speaker | records(house, "dialogue", "summary", "paper")
    house["call"].delete()
    house["dialogue"].delete()
    assert touched() == expected


def test_an_appearance_that_turns_out_to_be_anothers_touches_both(house):
    former, latter = house["speaker"], build.speaker("Someone else")
    touched()
    house["appearance"].speaker = latter
    house["appearance"].save()
    people = {("dialogues.speaker", former.pk), ("dialogues.speaker", latter.pk)}
    assert touched() == people | records(house, "quote")


def test_a_panel_that_is_moved_touches_both_dialogues(house):
    other = build.dialogue(public=False)
    touched()
    house["panel"].dialogue = other
    house["panel"].save()
    assert touched() == records(house, "dialogue") | {("dialogues.dialogue", other.pk)}


def test_topics_of_a_dialogue_touch_it(house):
    house["dialogue"].topics.remove(house["topic"])
    assert records(house, "dialogue") <= touched()
    house["dialogue"].topics.add(house["topic"])
    assert records(house, "dialogue") <= touched()
    house["dialogue"].topics.clear()
    assert records(house, "dialogue") <= touched()


def test_a_fixture_is_followed_by_a_rebuild_and_touches_nothing(house):
    for loaded in deserialize("json", serialize("json", [house["dialogue"]])):
        loaded.save()
    assert touched() == set()


def test_what_no_index_holds_touches_nothing(house, stranger):
    stranger.save()
    build.user("another@example.org").delete()
    Attachment.objects.get().save()
    assert touched() == set()
