import pytest
from django.core.exceptions import PermissionDenied

from dialogues.models import Paper
from documents.models import Document
from intake import workflow
from intake.batches.batch_table import Table
from intake.tasks import import_waiting_rows
from publishing.models import Transition
from tests import build, files

from . import batch_builders as batches

PDF = files.pdf(["Programme of the day"])
GOOD = {"file": "a.pdf", "kind": "Programme", "title": "Programme", "language": "en", "dialogue": "fifth"}


@pytest.fixture
def dialogue(db):
    return build.dialogue(title="Fifth dialogue", slug="fifth")


@pytest.fixture
def imported(secretary, dialogue):
    """Return a function that creates a batch of one row and its file and imports it if it is ready."""

    def make(by=secretary, **cells):
        cells = {**GOOD, **cells}
        listed = [list(cells), list(cells.values())]
        batch = batches.batch(secretary, [files.upload("a.pdf", PDF)], listed, kind="papers")
        (batch.before,) = Table(batch, secretary).rows
        workflow.confirm(batch, Table(batch, secretary).ready(), by=by)
        return batch

    return make


def test_a_row_becomes_an_unpublished_paper(imported, dialogue, secretary):
    assert imported(kind="agenda").rows.get().outcome == "Fifth dialogue: Programme"
    made = Paper.objects.get()
    assert (made.dialogue, made.kind, made.title, made.language) == (dialogue, "programme", "Programme", "en")
    assert (made.is_published, made.document.original_name) == (False, "a.pdf")
    assert made.document.pages.get().text == "Programme of the day"
    assert made.history.get().history_user == secretary
    assert Transition.objects.filter(verb="import", actor=secretary).count() == 1


def test_an_existing_paper_is_found_but_another_dialogue_may_have_the_same_file(imported):
    imported()
    build.dialogue(slug="sixth")
    again = imported(title="Other")
    assert (again.before.state, again.before.parsed.existing) == ("same", Paper.objects.get())
    assert workflow.confirm(again, [again.before.row.pk], by=again.made_by) == 1
    assert (again.rows.get().state, again.rows.get().error) == ("open", "This already exists.")
    assert Document.objects.count() == 1
    assert imported(dialogue="sixth").rows.get().state == "done"


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        ({"kind": "song"}, "kind",
         "Write one of programme, background-paper, guidance, presentation, other."),
        ({"kind": ""}, "kind", "Write one of programme, background-paper, guidance, presentation, other."),
        ({"title": ""}, "title", "Enter a title."),
        ({"title": "=1+1"}, "title", "This is a formula (=1+1): write the words themselves."),
        ({"language": "Klingon"}, "language", "“Klingon” is not one of en, fr, es, ar, ru, zh."),
        ({"dialogue": ""}, "dialogue", "Name the dialogue."),
        ({"dialogue": "ninth"}, "dialogue", "There is no dialogue “ninth”: write its title or its address."),
    ],
)  # fmt: skip
def test_errors_are_shown_at_their_cell(imported, cells, column, sentence):
    batch = imported(**cells)
    assert batch.before.parsed.errors == {column: sentence}
    assert (batch.rows.get().state, Paper.objects.count(), Document.objects.count()) == ("open", 0, 0)


def test_papers_need_a_permission(imported, reviewer):
    with pytest.raises(PermissionDenied):
        imported(by=reviewer)
    assert not Paper.objects.exists()


def test_a_row_that_the_user_may_not_import_says_so(imported, reviewer, dialogue):
    batch = imported(title="")
    batch.rows.update(values=GOOD, state="waiting")
    import_waiting_rows(batch, reviewer)
    sentence = "The person who started this import does not have permission to add this record."
    assert (batch.rows.get().state, batch.rows.get().error) == ("open", sentence)
