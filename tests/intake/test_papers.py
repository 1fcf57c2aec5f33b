import pytest
from django.core.exceptions import PermissionDenied

from dialogues.models import Paper
from documents.models import Document
from intake import workflow
from intake.admin.table import Table
from publishing.models import Transition
from tests import build, files

from . import batches

PDF = files.pdf(["Programme of the day"])
GOOD = {"file": "a.pdf", "kind": "Programme", "title": "Programme", "language": "en", "dialogue": "fifth"}


@pytest.fixture
def dialogue(db):
    return build.dialogue(title="Fifth dialogue", slug="fifth")


@pytest.fixture
def brought(secretary, dialogue):
    """Make a batch of one row with these cells, and its file, and bring it in if it is ready."""

    def make(by=secretary, **cells):
        cells = {**GOOD, **cells}
        listed = [list(cells), list(cells.values())]
        batch = batches.batch(secretary, [files.upload("a.pdf", PDF)], listed, kind="papers")
        (batch.before,) = Table(batch, secretary).lines
        workflow.confirm(batch, Table(batch, secretary).ready(), by=by)
        return batch

    return make


def test_a_row_becomes_a_paper_that_waits_to_be_published(brought, dialogue, secretary):
    assert brought(kind="agenda").rows.get().outcome == "Fifth dialogue: Programme"
    made = Paper.objects.get()
    assert (made.dialogue, made.kind, made.title, made.language) == (dialogue, "programme", "Programme", "en")
    assert (made.is_published, made.document.original_name) == (False, "a.pdf")
    assert made.document.pages.get().text == "Programme of the day"
    assert made.history.get().history_user == secretary
    assert Transition.objects.filter(verb="import", actor=secretary).count() == 1


def test_a_second_time_it_is_there_already_and_another_dialogue_may_have_it(brought):
    brought()
    build.dialogue(slug="sixth")
    again = brought(title="Other")
    assert (again.before.state, again.before.understood.same) == ("same", Paper.objects.get())
    assert workflow.confirm(again, [again.before.row.pk], by=again.made_by) == 1
    assert (again.rows.get().state, again.rows.get().error) == ("open", "This is there already.")
    assert Document.objects.count() == 1
    assert brought(dialogue="sixth").rows.get().state == "done"


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        ({"kind": "song"}, "kind",
         "Write one of programme, background-paper, guidance, presentation, other."),
        ({"kind": ""}, "kind", "Write one of programme, background-paper, guidance, presentation, other."),
        ({"title": ""}, "title", "Give it a title."),
        ({"title": "=1+1"}, "title", "This is a formula (=1+1): write the words themselves."),
        ({"language": "Klingon"}, "language", "“Klingon” is not one of en, fr, es, ar, ru, zh."),
        ({"dialogue": ""}, "dialogue", "Say of which dialogue."),
        ({"dialogue": "ninth"}, "dialogue", "There is no dialogue “ninth”: write its title or its address."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_cell(brought, cells, column, sentence):
    batch = brought(**cells)
    assert batch.before.understood.errors == {column: sentence}
    assert (batch.rows.get().state, Paper.objects.count(), Document.objects.count()) == ("open", 0, 0)


def test_who_may_not_add_papers_brings_none_in(brought, reviewer):
    with pytest.raises(PermissionDenied):
        brought(by=reviewer)
    assert not Paper.objects.exists()
