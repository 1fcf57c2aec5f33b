"""Columns with translations in lists of programmes, papers and people, such as “title [fr]”."""

import pytest

from dialogues.models import Panel, Paper, Speaker
from intake import workflow
from intake.batches import appearance_rows, panel_rows, paper_rows
from intake.batches.batch_table import Table
from intake.batches.translated_cells import CODES
from intake.columns import guess
from tests import build, files

from . import batch_builders as batches

PDF = files.pdf(["Programme of the day"])


@pytest.fixture
def dialogue(db):
    return build.dialogue(title="Fifth dialogue", slug="fifth")


def imported(by, what, again="", **cells):
    """A batch of one row, imported if it is ready; `again` is the choice for a record that exists already."""
    uploads = [files.upload("a.pdf", PDF)] if what == "papers" else []
    batch = batches.batch(by, uploads, [list(cells), list(cells.values())], kind=what)
    if again:
        batch.rows.update(again=again)
    (batch.before,) = Table(batch, by).rows
    workflow.confirm(batch, Table(batch, by).ready(), by=by)
    return batch


@pytest.mark.parametrize("kind", [paper_rows, panel_rows, appearance_rows])
@pytest.mark.parametrize("heading", ["title [fr]", "Title (French)", "TITLE fr", "titre (français)"])
def test_headings_name_the_field_and_the_language(kind, heading):
    if kind is appearance_rows and heading.startswith("titre"):
        heading = "fonction (français)"
    found = guess([["dialogue", "title", heading], ["fifth", "Panel on debt", "Table ronde"]], kind.COLUMNS)
    assert found.columns == ["dialogue", "title", "title_fr"]


@pytest.mark.parametrize("kind", [paper_rows, panel_rows, appearance_rows])
def test_each_language_has_a_column_with_a_label(kind):
    assert {f"title_{code}" for code in CODES} <= set(kind.COLUMNS.names) & set(kind.LABELS)


def test_a_paper_is_imported_with_its_translations(dialogue, secretary):
    row = {"file": "a.pdf", "kind": "programme", "title": "Programme", "language": "en", "dialogue": "fifth"}
    imported(secretary, "papers", **row, **{"title [fr]": "Ordre du jour", "title [ar]": "", "title [en]": "Programme"})
    assert Paper.objects.get().translations == {"fr": {"title": "Ordre du jour"}}
    more = {"title [fr]": "Programme de travail", "title [es]": "Programa"}
    again = imported(secretary, "papers", again="correct", **row, **more)
    assert again.before.state == "ready"
    assert Paper.objects.get().translations == {"es": {"title": "Programa"}, "fr": {"title": "Programme de travail"}}
    same = imported(secretary, "papers", **row, **more)
    assert (same.before.state, same.before.parsed.choices) == ("same", ())


def test_a_panel_is_imported_with_its_translations(dialogue, secretary):
    row = {"dialogue": "fifth", "number": "2", "title": "Debt bondage"}
    imported(secretary, "programme", **row, **{"title [fr]": "Servitude pour dettes"})
    assert Panel.objects.get().translations == {"fr": {"title": "Servitude pour dettes"}}
    imported(secretary, "programme", again="correct", **row, **{"title [ru]": "Долговая кабала"})
    assert set(Panel.objects.get().translations) == {"fr", "ru"}


def test_a_new_speaker_gets_the_title_with_its_translations_and_one_on_record_keeps_theirs(dialogue, secretary):
    row = {"dialogue": "fifth", "role": "chair", "title": "Director"}
    imported(secretary, "speakers", name="Ada Invented", **row, **{"title [es]": "Directora"})
    ada = Speaker.objects.get()
    assert (ada.title, ada.translations) == ("Director", {"es": {"title": "Directora"}})
    batch = imported(
        secretary, "speakers", name="Ada Invented", **(row | {"role": "speaker"}), **{"title [es]": "Otra"}
    )
    assert "title_es" in batch.before.parsed.notes
    assert Speaker.objects.get().translations == {"es": {"title": "Directora"}}


def test_a_translation_into_the_language_of_the_text_or_without_a_text_is_an_error(dialogue, secretary):
    row = {"dialogue": "fifth", "number": "2"}
    other = imported(secretary, "programme", **row, title="Debt", **{"title [en]": "Another"})
    assert list(other.before.parsed.errors) == ["title_en"]
    without = imported(
        secretary, "speakers", name="Ada Invented", dialogue="fifth", role="chair", **{"title [es]": "D."}
    )
    assert list(without.before.parsed.errors) == ["title_es"]
    assert not Panel.objects.exists()
    assert not Speaker.objects.exists()
