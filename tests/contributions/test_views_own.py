"""The page of a contribution for its filer, and corrections."""

import pytest

from contributions import workflow
from contributions.models import Check, Contribution, Revision
from tests import build, gate

pytestmark = pytest.mark.django_db

STATES = ["submitted", "returned", "accepted", "published", "declined", "withdrawn"]
CORRECTABLE = STATES[:4]


def page(record, place=""):
    return f"/contributions/mine/{record.key}/{place}"


@pytest.mark.parametrize("state", STATES)
def test_the_page_offers_what_can_be_done(filer, participant, state):
    record = build.contribution(by=participant, state=state)
    html = filer.get(page(record)).content.decode()
    assert (page(record, "correct/") in html) is (state in CORRECTABLE)
    assert (page(record, "withdraw/") in html) is (state in CORRECTABLE)
    assert (f'href="{record.get_absolute_url()}"' in html) is (state != "withdrawn")
    assert page(record, "receipt/1/") in html


def test_requested_changes_are_shown_on_the_page_and_while_the_draft_is_changed(filer, participant):
    record = build.contribution(by=participant, state="returned")
    ask = ["The secretariat asks for changes:", "Leave the name out."]
    assert gate.shows(filer, page(record), *ask, "Make the changes")
    assert filer.post(page(record, "correct/")).url == page(record, "answers/")
    assert gate.shows(filer, page(record, "answers/"), *ask)
    filer.post(page(record, "answers/"), {"title": "Without it", "language": "en", "text": "Words."})
    filer.post(page(record, "check/"), {"send": "1", "consent": "on"})
    stored = Contribution.objects.get()
    assert (stored.state, stored.reference, stored.newest.title) == ("submitted", record.reference, "Without it")
    assert gate.hides(filer, page(record), "The secretariat asks for changes:")


def test_a_second_click_on_correct_continues_the_same_revision(filer, participant):
    record = build.contribution(by=participant)
    for _ in range(2):
        assert filer.post(page(record, "correct/")).url == page(record, "answers/")
    assert Revision.objects.count() == 2
    assert gate.shows(filer, page(record), "Continue writing", page(record, "discard/"))


@pytest.mark.parametrize("state", ["declined", "withdrawn"])
def test_a_closed_contribution_is_not_corrected(filer, participant, state):
    record = build.contribution(by=participant, state=state)
    assert filer.post(page(record, "correct/")).url == page(record)
    assert Revision.objects.count() == 1


def test_deleting_a_correction_keeps_the_submitted_revision(filer, participant):
    record = build.contribution(by=participant)
    build.correction(record, by=participant, sent=False, title="Half a thought")
    assert gate.shows(filer, page(record, "discard/"), "Your unsent correction of", "will be deleted")
    filer.post(page(record, "discard/"))
    assert (Contribution.objects.get().state, Revision.objects.count()) == ("published", 1)


def test_notes_checks_and_assignments_are_shown_to_staff_alone(
    filer, client, participant, reviewer, secretary, browser_of
):
    record = build.contribution(by=participant, state="submitted")
    workflow.add_note(record, by=reviewer, text="The wombat again.")
    workflow.assign(record, by=secretary, to=reviewer)
    workflow.set_checklist(record, by=reviewer, points=["names"])
    hidden = ["wombat", reviewer.email, secretary.email, str(Check.Point.NAMES.label), "assign", "names"]
    addresses = [page(record), page(record, "receipt/"), record.get_absolute_url(), "/contributions/mine/"]
    for address in addresses:
        assert gate.hides(filer, address, *hidden)
    assert gate.hides(browser_of(reviewer), record.get_absolute_url(), "wombat", str(Check.Point.NAMES.label))
    workflow.set_checklist(record, by=reviewer, points=list(Check.Point))
    workflow.publish(record, by=reviewer)
    for browser in (client, filer):
        assert gate.hides(browser, record.get_absolute_url(), *hidden)
    assert gate.hides(filer, page(record), *hidden)
    assert gate.shows(filer, page(record), "You submitted it", "Published")


def test_a_refusal_is_shown_without_the_name_of_the_reviewer(filer, participant, reviewer):
    record = build.contribution(by=participant, state="submitted")
    workflow.decline(record, by=reviewer, note="Names a victim.")
    assert gate.shows(filer, page(record), "Names a victim.", "Declined")
    assert gate.hides(filer, page(record), reviewer.email)


@pytest.mark.parametrize("place", ["", "withdraw/", "share/"])
def test_titles_are_marked_with_the_language_in_which_they_are_written(filer, participant, place):
    record = build.contribution(by=participant, state="submitted", title="L’avance", language="fr")
    marked = '<span lang="fr" dir="ltr">L’avance</span>'
    assert gate.shows(filer, page(record, place), marked)
    assert gate.shows(filer, "/contributions/mine/", marked)
