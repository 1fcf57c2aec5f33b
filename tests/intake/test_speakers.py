import pytest

from dialogues.models import Appearance, Organization, Speaker
from intake import workflow
from intake.admin.table import Table
from intake.batches.people import name_key
from publishing.models import Transition
from tests import build

from . import batches

GOOD = {"name": "Ana Sample", "title": "Director", "affiliation": "Open Door", "role": "Panellist", "panel": "2"}


@pytest.fixture
def dialogue(db):
    made = build.dialogue(title="Fifth dialogue", slug="fifth")
    build.panel(made, number=2, title="Return")
    return made


@pytest.fixture
def brought(secretary, dialogue):
    """Make a batch of rows with these cells, and bring in what is ready."""

    def make(*rows):
        listed = [list(GOOD), *[[{**GOOD, **row}[name] for name in GOOD] for row in rows]]
        batch = batches.batch(secretary, (), listed, kind="speakers", dialogue=dialogue)
        batch.before = Table(batch, secretary).lines
        workflow.confirm(batch, [line.row.pk for line in batch.before if line.is_ready], by=secretary)
        return batch

    return make


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Dr. Ana  SAMPLE", "ana sample"), ("Sample, Ana", "ana sample"), ("H.E. Ms Áňa Sample", "ana sample"),
        ("Prof. Dr.", "prof dr"), ("Ann Sample", "ann sample"), ("Ana Sample, PhD", "ana sample"),
        ("Ma Sample", "ma sample"), ("Justice Sample", "justice sample"), ("M. Sample", "m sample"),
        ("E. Sample", "e sample"), ("Dr M. Sample", "m sample"), ("H. E. Sample", "h e sample"),
    ],
)  # fmt: skip
def test_names_are_compared_without_what_changes(name, key):
    assert name_key(name) == key


def test_a_row_becomes_an_appearance(brought, dialogue, secretary):
    body = Organization.objects.create(name="OPEN door")
    assert brought({}).rows.get().state == "done"
    made = Appearance.objects.get()
    assert (made.dialogue, made.panel.number, made.role, made.organization) == (dialogue, 2, "panellist", body)
    assert (made.speaker.name, made.speaker.slug, made.as_given) == ("Ana Sample", "ana-sample", "Director, Open Door")
    assert Transition.objects.filter(verb="import", actor=secretary).count() == 1
    assert (made.history.get().history_user, made.speaker.history.get().history_user) == (secretary, secretary)


def test_a_person_is_not_doubled(brought):
    known = build.speaker("Ana Sample")
    brought({"name": "Dr Ana SAMPLE"}, {"name": "Ms. Ben New", "panel": ""}, {"name": "NEW, Ben"})
    assert sorted(Speaker.objects.values_list("name", flat=True)) == ["Ana Sample", "Ms. Ben New"]
    assert (known.appearances.count(), Appearance.objects.count()) == (1, 3)


def test_a_second_time_it_is_there_already(brought):
    brought({})
    again = brought({"name": "Sample, Ana"}, {"name": "Ana Sample", "role": "moderator"})
    assert [line.state for line in again.before] == ["same", "ready"]
    assert Appearance.objects.count() == 2


def test_the_same_row_twice_in_a_list_is_brought_in_once(brought):
    batch = brought({}, {})
    assert [(row.state, row.error) for row in batch.rows.all()] == [("done", ""), ("open", "This is there already.")]
    assert (Speaker.objects.count(), Appearance.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        ({"name": ""}, "name", "Say who it is."),
        ({"role": "guest"}, "role", "Write one of chair, co-chair, moderator, panellist, speaker, floor."),
        ({"panel": "7"}, "panel", "This dialogue has no panel “7”: write its number or title."),
        ({"title": "=A1"}, "title", "This is a formula (=A1): write the words themselves."),
    ],
)
def test_what_is_wrong_is_said(brought, cells, column, sentence):
    batch = brought(cells)
    assert batch.before[0].understood.errors == {column: sentence}
    assert not Appearance.objects.exists()


def test_two_of_one_name_are_left_to_a_person(brought):
    build.speaker("Ana Sample")
    build.speaker("ana sample")
    assert brought({}).before[0].understood.errors["name"].startswith("Several speakers are called so")


def test_what_the_dialogue_does_not_allow_leaves_nothing(brought, dialogue):
    build.appearance(dialogue, role="chair")
    batch = brought({"role": "co-chair", "panel": ""})
    assert batch.rows.get().error == "A dialogue has either one chair or several co-chairs."
    assert Speaker.objects.filter(name="Ana Sample").count() == 0
