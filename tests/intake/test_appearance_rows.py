import pytest

from dialogues.models import Appearance, Organization, Speaker
from intake import workflow
from intake.batches.batch_table import Table
from intake.existing_records import person_key
from publishing.models import Transition
from tests import build

from . import batch_builders as batches

GOOD = {"name": "Ana Sample", "title": "Director", "affiliation": "Open Door", "role": "Panellist", "panel": "2"}


@pytest.fixture
def dialogue(db):
    made = build.dialogue(title="Fifth dialogue", slug="fifth")
    build.panel(made, number=2, title="Return")
    return made


@pytest.fixture
def imported(secretary, dialogue):
    """Return a function that creates a batch of rows with these cells and imports those that are ready."""

    def make(*rows):
        listed = [list(GOOD), *[[{**GOOD, **row}[name] for name in GOOD] for row in rows]]
        batch = batches.batch(secretary, (), listed, kind="speakers", dialogue=dialogue)
        batch.before = Table(batch, secretary).rows
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
def test_names_are_compared_without_case_accents_and_honorifics(name, key):
    assert person_key(name) == key


def test_a_row_becomes_an_appearance(imported, dialogue, secretary):
    body = Organization.objects.create(name="OPEN door")
    assert imported({}).rows.get().state == "done"
    made = Appearance.objects.get()
    assert (made.dialogue, made.panel.number, made.role, made.organization) == (dialogue, 2, "panellist", body)
    assert (made.speaker.name, made.speaker.slug, made.as_given) == ("Ana Sample", "ana-sample", "Director, Open Door")
    assert Transition.objects.filter(verb="import", actor=secretary).count() == 1
    assert (made.history.get().history_user, made.speaker.history.get().history_user) == (secretary, secretary)


def test_an_existing_speaker_is_not_created_again(imported):
    known = build.speaker("Ana Sample")
    imported({"name": "Dr Ana SAMPLE"}, {"name": "Ms. Ben New", "panel": ""}, {"name": "NEW, Ben"})
    assert sorted(Speaker.objects.values_list("name", flat=True)) == ["Ana Sample", "Ms. Ben New"]
    assert (known.appearances.count(), Appearance.objects.count()) == (1, 3)


def test_an_existing_appearance_is_not_imported_again(imported):
    imported({})
    again = imported({"name": "Sample, Ana"}, {"name": "Ana Sample", "role": "moderator"})
    assert [line.state for line in again.before] == ["same", "ready"]
    assert Appearance.objects.count() == 2


def test_the_same_row_twice_in_a_list_is_imported_once(imported):
    batch = imported({}, {})
    assert [(row.state, row.error) for row in batch.rows.all()] == [("done", ""), ("open", "This already exists.")]
    assert (Speaker.objects.count(), Appearance.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        ({"name": ""}, "name", "Enter a name."),
        ({"role": "guest"}, "role", "Write one of chair, co-chair, moderator, panellist, speaker, floor."),
        ({"panel": "7"}, "panel", "This dialogue has no panel “7”: write its number or title."),
        ({"title": "=A1"}, "title", "This is a formula (=A1): write the words themselves."),
    ],
)
def test_errors_are_shown_at_their_cell(imported, cells, column, sentence):
    batch = imported(cells)
    assert batch.before[0].parsed.errors == {column: sentence}
    assert not Appearance.objects.exists()


def test_two_speakers_with_the_same_name_are_an_error(imported):
    build.speaker("Ana Sample")
    build.speaker("ana sample")
    assert imported({}).before[0].parsed.errors["name"].startswith("Several speakers have this name")


def test_a_row_that_the_dialogue_does_not_allow_creates_nothing(imported, dialogue):
    build.appearance(dialogue, role="chair")
    batch = imported({"role": "co-chair", "panel": ""})
    assert batch.rows.get().error == "A dialogue has either one chair or several co-chairs."
    assert Speaker.objects.filter(name="Ana Sample").count() == 0
