"""The decisions on the review page of one contribution, and its checklist."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from contributions import workflow
from contributions.models import Check, Contribution
from documents.models import CleanCopy
from tests import build, gate
from tests.desk.review.reviewing import SETTLED, VERBS, buttons, page, press, save, state

pytestmark = pytest.mark.django_db

UNSETTLED = "Tick each point of the checklist first."
LEADS_TO = {
    ("submitted", "publish"): "published",
    ("submitted", "accept"): "accepted",
    ("submitted", "request_changes"): "returned",
    ("submitted", "decline"): "declined",
    ("submitted", "withdraw"): "withdrawn",
    ("returned", "withdraw"): "withdrawn",
    ("accepted", "publish"): "published",
    ("accepted", "request_changes"): "returned",
    ("accepted", "decline"): "declined",
    ("accepted", "withdraw"): "withdrawn",
    ("published", "unpublish"): "submitted",
    ("published", "withdraw"): "withdrawn",
}


@pytest.mark.parametrize("who", ["reviewer", "secretary"])
@pytest.mark.parametrize("verb", ["publish", "accept"])
def test_those_who_review_need_no_other_permission(request, browser_of, record, who, verb):
    browser = browser_of(request.getfixturevalue(who))
    assert gate.shows(browser, page(record), "Our account.", "Before it is published")
    press(browser, record, verb)
    assert state() == LEADS_TO["submitted", verb]


@pytest.mark.parametrize("at", VERBS)
def test_the_buttons_fit_the_state(desk, participant, at):
    record = build.contribution(by=participant, state=at)
    assert sorted(buttons(desk, record)) == sorted(VERBS[at])


def test_nobody_is_asked_for_changes_who_cannot_read_it(desk):
    record = build.contribution(state="submitted")
    assert "request_changes" not in buttons(desk, record)
    assert "no sender in the portal" in press(desk, record, "request_changes", note="Words.")
    assert state() == "submitted"


@pytest.mark.parametrize(("at", "verb"), LEADS_TO)
def test_a_button_makes_a_move_and_the_log_names_the_reviewer(desk, reviewer, participant, at, verb):
    record = build.contribution(by=participant, state=at)
    press(desk, record, verb, note="Please name no victims.")
    assert state() == LEADS_TO[at, verb]
    move = record.transitions.first()
    assert (move.verb, move.actor) == (verb, reviewer)
    assert move.note == ("Please name no victims." if verb in ("request_changes", "decline") else "")


@pytest.mark.parametrize("at", VERBS)
def test_a_verb_without_a_button_does_nothing(desk, participant, at):
    record = build.contribution(by=participant, state=at)
    for verb in {"publish", "unpublish", "request_changes", "decline", "withdraw", "submit"} - set(VERBS[at]):
        press(desk, record, verb, note="Words.")
        assert state() == at


def test_a_file_without_a_clean_copy_offers_neither_acceptance_nor_publication(desk, participant):
    record = build.contribution(by=participant, state="submitted", attach=[("a.txt", b"words")])
    assert {"publish", "accept"} <= set(buttons(desk, record))
    CleanCopy.objects.all().delete()
    assert not {"publish", "accept"} & set(buttons(desk, record))
    assert gate.shows(desk, page(record), "Its clean copy is being made.")
    assert "A file has no clean copy yet" in press(desk, record, "publish")


def test_the_points_are_settled_and_cleared(desk, reviewer, record):
    save(desk, record, checklist="1", points=["names", "files", "nonsense"])
    assert list(Check.objects.values_list("point", "by").order_by("point")) == [
        ("files", reviewer.pk), ("names", reviewer.pk),
    ]  # fmt: skip
    html = desk.get(page(record)).content.decode()
    assert (html.count('name="points"'), html.count('form="decide" checked')) == (4, 2)
    save(desk, record, checklist="1", points=["names"])
    assert Check.objects.get().point == "names"
    save(desk, record)  # a form without the checklist
    assert Check.objects.get().point == "names"


@pytest.mark.parametrize("verb", ["publish", "accept"])
def test_no_button_publishes_before_the_checklist_is_settled(desk, record, verb):
    answer = desk.post(page(record), SETTLED | {"verb": verb, "points": ["names"]})
    assert answer.status_code == 422
    assert UNSETTLED in answer.content.decode()
    assert not Check.objects.exists()  # all or nothing
    assert state() == "submitted"


@pytest.mark.parametrize("verb", ["request_changes", "decline"])
def test_a_message_is_needed_where_the_sender_reads_it(desk, record, verb):
    mail.outbox.clear()
    assert "Write the message that the sender will read." in press(desk, record, verb, note=" ")
    assert (state(), mail.outbox) == ("submitted", [])


def test_accept_takes_a_time_in_vienna(desk, record):
    press(desk, record, "accept", moment="2099-03-01T13:00")
    assert Contribution.objects.get().publish_at.isoformat() == "2099-03-01T12:00:00+00:00"
    passed = timezone.localtime() - timedelta(hours=1)
    other = build.contribution(record.call, state="submitted")
    assert "That time has passed" in press(desk, other, "accept", moment=f"{passed:%Y-%m-%dT%H:%M}")


def test_a_move_that_comes_too_late_is_refused_with_a_message(desk, participant, record, monkeypatch):
    publish = workflow.publish

    def publish_after_it_was_withdrawn(late, *, by, seen):
        workflow.withdraw(Contribution.objects.get(), by=participant)
        return publish(late, by=by, seen=seen)

    monkeypatch.setattr(workflow, "publish", publish_after_it_was_withdrawn)
    assert "“Withdrawn”, so this is not possible" in press(desk, record, "publish")


@pytest.mark.parametrize("verb", ["publish", "unpublish"])
def test_publication_can_be_undone_for_a_minute(desk, record, verb):
    if verb == "unpublish":
        workflow.publish(build.checked(record), by=None)
    assert ">Undo<" in press(desk, record, verb)
    desk.post("/desk/undo/", {"next": "/desk/"})
    assert Contribution.objects.get().is_published == (verb == "unpublish")


def test_the_pages_of_other_moves_do_not_touch_contributions(desk, office, record):
    for verb in ("publish", "unpublish", "delete"):
        for browser in (desk, office):
            assert browser.post(f"/desk/{verb}/?record=contribution-{record.pk}").status_code == 404
    assert state() == "submitted"
