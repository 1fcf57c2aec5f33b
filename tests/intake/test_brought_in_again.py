"""What exists already and is brought in again: staff choose whether it is left, corrected or new."""

import pytest

from contributions import workflow as filing
from contributions.models import Contribution
from intake import workflow
from publishing.models import Transition
from tests import build

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


def test_what_a_sender_filed_is_never_corrected_by_an_import(batch_of_one, secretary, participant, call):
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
    page = f"/admin/intake/batch/{batch.pk}/change/"
    html = desk.get(page).content.decode()
    assert f'name="{batch.rows.get().pk}/again"' in html
    assert "Bring it in as a correction" in html
    desk.post(page, {f"{batch.rows.get().pk}/again": "nonsense", "import": ""})
    assert Contribution.objects.get().newest.number == 1
    desk.post(page, {f"{batch.rows.get().pk}/again": "correct", "import": ""})
    assert Contribution.objects.get().newest.title == "Right"
