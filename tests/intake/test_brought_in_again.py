"""What exists already and is brought in again: staff choose whether it is left, corrected or new."""

import pytest
from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from contributions import workflow as filing
from contributions.models import Contribution
from dialogues.models import Appearance, NewsItem, Organization, Panel, Paper, Quote, Speaker
from intake import workflow
from publishing import workflow as publishing
from publishing.models import Transition
from tests import build, files

from . import batch_builders as batches
from .batch_builders import PDF, first_row, import_ready


def again(batch, choice, by):
    """Import the row of a batch with this choice, and return it."""
    workflow.correct(batch, {}, by=by, again={batch.rows.get().pk: choice})
    import_ready(batch, by)
    return batch.rows.get()


def test_an_existing_contribution_is_corrected_if_staff_choose_so(batch_of_one, secretary):
    import_ready(batch_of_one(), secretary)
    old = Contribution.objects.get()
    batch = batch_of_one(title="The right title", language="fr")
    assert first_row(batch, secretary).state == "same"
    row = again(batch, "correct", secretary)
    assert (row.state, row.contribution) == ("done", old)
    newest = Contribution.objects.get().newest
    assert (newest.number, newest.title, newest.language) == (2, "The right title", "fr")
    assert newest.attachments.get().document == old.newest.attachments.get().document
    assert Transition.objects.values_list("verb", "actor").first() == ("correct", secretary.pk)


@pytest.mark.parametrize(("choice", "count"), [("correct", 1), ("new", 2)])
def test_a_withdrawn_contribution_comes_back_or_stays_as_staff_choose(batch_of_one, secretary, choice, count):
    import_ready(batch_of_one(), secretary)
    old = Contribution.objects.get()
    filing.withdraw(old, by=secretary)
    assert first_row(batch_of_one(), secretary).state == "same"
    row = again(batch_of_one(), choice, secretary)
    assert (row.error, row.state, Contribution.objects.count()) == ("", "done", count)
    old.refresh_from_db()
    if choice == "correct":
        assert (row.contribution, old.state, old.withdrawn_at, old.newest.number) == (old, "submitted", None, 2)
    else:
        assert (row.contribution.state, old.state) == ("submitted", "withdrawn")


def test_an_import_never_corrects_the_work_of_a_sender(batch_of_one, secretary, participant, call):
    filed = build.contribution(call, by=participant, state="submitted", attach=[("a.pdf", PDF)])
    batch = batch_of_one()
    assert [value for value, _label in first_row(batch, secretary).choices] == ["leave", "new"]
    assert again(batch, "correct", secretary).state == "open"
    assert again(batch, "new", secretary).state == "done"
    filed.refresh_from_db()
    assert (filed.newest.number, Contribution.objects.count()) == (1, 2)


def test_a_row_says_what_to_do_again_on_its_page(batch_of_one, secretary, desk):
    import_ready(batch_of_one(), secretary)
    batch = batch_of_one(title="Right")
    page = f"/desk/imports/{batch.pk}/"
    html = desk.get(page).content.decode()
    assert f'name="{batch.rows.get().pk}/again"' in html
    assert "Import it as a correction" in html
    desk.post(page, {f"{batch.rows.get().pk}/again": "nonsense", "import": ""})
    assert Contribution.objects.get().newest.number == 1
    desk.post(page, {f"{batch.rows.get().pk}/again": "correct", "import": ""})
    assert Contribution.objects.get().newest.title == "Right"


def test_one_choice_is_made_for_all_rows_that_exist_already(secretary, desk, call):
    import_ready(batches.batch(secretary, batches.papers(3), batches.rows(3), call=call), secretary)
    for record in Contribution.objects.all():
        filing.withdraw(record, by=secretary)
    batch = batches.batch(secretary, batches.papers(3), batches.rows(3), call=call)
    page = f"/desk/imports/{batch.pk}/"
    assert "Import what is chosen" in desk.get(page).content.decode()
    desk.post(page, {"again": "correct", "import": ""})
    assert list(Contribution.objects.values_list("state", "newest__number")) == [("submitted", 2)] * 3
    assert "Import what is chosen" not in desk.get(page).content.decode()


PROGRAMME = [["number", "title", "starts", "kind"], ["1", "Children", "2024-03-01 09:30", "panel"]]


def programme(by, dialogue, rows=PROGRAMME):
    return batches.batch(by, (), rows, kind="programme", dialogue=dialogue)


def test_a_panel_is_corrected_by_a_list_that_says_something_else(secretary, call):
    import_ready(programme(secretary, call.dialogue), secretary)
    same = programme(secretary, call.dialogue)
    assert (first_row(same, secretary).state, first_row(same, secretary).choices) == ("same", [])
    later = programme(secretary, call.dialogue, [PROGRAMME[0], ["1", "Children", "2024-03-01 11:00", "qa"]])
    assert again(later, "correct", secretary).state == "done"
    panel = Panel.objects.get()
    assert (panel.kind, f"{panel.starts_at.astimezone(call.dialogue.zone):%H:%M}") == ("qa", "11:00")
    assert (panel.history.count(), panel.history.first().history_user) == (2, secretary)
    assert Transition.objects.values_list("verb", flat=True).first() == "correct"


@pytest.mark.parametrize("choice", ["leave", "restore", "new"])
def test_a_deleted_panel_is_asked_about(secretary, call, choice):
    import_ready(programme(secretary, call.dialogue), secretary)
    old = Panel.objects.get()
    publishing.delete(old, by=secretary)
    batch = programme(secretary, call.dialogue)
    assert [value for value, _label in first_row(batch, secretary).choices] == ["leave", "restore", "new"]
    row = again(batch, choice, secretary)
    assert (row.state == "done") == (choice != "leave")
    assert Panel.objects.filter(pk=old.pk).exists() == (choice == "restore")
    assert Panel.objects.exclude(pk=old.pk).exists() == (choice == "new")


def test_a_deleted_appearance_is_put_back(secretary, call):
    rows = [["name", "role", "organization"], ["Ana Sample", "speaker", "House"]]
    make = lambda: batches.batch(secretary, (), rows, kind="speakers", dialogue=call.dialogue)  # noqa: E731
    import_ready(make(), secretary)
    old = Appearance.objects.get()
    publishing.delete(old, by=secretary)
    assert again(make(), "restore", secretary).state == "done"
    assert Appearance.objects.get() == old


def test_an_appearance_is_corrected(secretary, call):
    rows = [["name", "role", "organization"], ["Ana Sample", "speaker", "House"]]
    import_ready(batches.batch(secretary, (), rows, kind="speakers", dialogue=call.dialogue), secretary)
    rows[1][2] = "The House"
    batch = batches.batch(secretary, (), rows, kind="speakers", dialogue=call.dialogue)
    assert again(batch, "correct", secretary).state == "done"
    assert Appearance.objects.get().affiliation == "The House"


def test_a_paper_is_corrected_and_a_deleted_one_put_back(secretary, call):
    def make(title):
        rows = [["file", "title", "language", "kind"], ["a.pdf", title, "en", "programme"]]
        return batches.batch(secretary, [files.upload("a.pdf", PDF)], rows, kind="papers", dialogue=call.dialogue)

    import_ready(make("Wrong"), secretary)
    assert again(make("Right"), "correct", secretary).state == "done"
    paper = Paper.objects.get()
    assert paper.title == "Right"
    publishing.delete(paper, by=secretary)
    assert again(make("Right"), "restore", secretary).state == "done"
    assert Paper.objects.get() == paper


@pytest.mark.parametrize("model", [Appearance, NewsItem, Organization, Panel, Paper, Quote, Speaker])
def test_staff_can_correct_each_kind_of_imported_record_with_its_history(secretary, model):
    page = admin.site._registry[model]
    assert isinstance(page, SimpleHistoryAdmin)
    assert secretary.has_perm(f"dialogues.change_{model._meta.model_name}")
    assert hasattr(model, "history")
