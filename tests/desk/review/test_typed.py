"""What a reviewer types is saved, or kept when something goes wrong."""

import pytest

from contributions import workflow
from contributions.models import Contribution, Note
from dialogues.models import Organization
from tests import build, gate
from tests.desk.review.reviewing import SETTLED, page, press, save, state

pytestmark = pytest.mark.django_db


def test_nothing_typed_is_lost_on_an_error(desk, record, clock):
    typed = {"note": "Please <shorten> it.", "staff_note": "Ask Ana.", "moment": "2001-03-01T13:00"}
    html = press(desk, record, "accept", **typed)
    assert "That time has passed" in html
    assert "Please &lt;shorten&gt; it.</textarea>" in html
    assert "Ask Ana.</textarea>" in html
    assert 'value="2001-03-01T13:00"' in html
    assert not Note.objects.exists()


def test_nothing_typed_is_lost_when_a_newer_revision_came(desk, record, participant):
    build.correction(record, by=participant, text="Not read yet")
    html = press(desk, record, "request_changes", note="My long message.")
    assert "A newer revision has arrived. Read it first." in html
    assert "My long message.</textarea>" in html
    assert 'name="revision" value="2"' in html
    assert "Not read yet" in html


def test_nothing_typed_is_lost_when_the_session_has_ended(desk, client, reviewer, record):
    typed = {"verb": "decline", "note": "Not on the <subject>.", "staff_note": "Twice.", "moment": "2099-03-01T13:00"}
    answer = client.post(page(record), SETTLED | typed)
    assert answer.status_code == 302
    assert "/accounts/sign-in/" in answer.headers["Location"]
    client.force_login(reviewer)
    assert gate.hides(client, page(build.contribution(record.call, state="submitted")), "Not on the", "Twice.")
    html = client.get(page(record)).content.decode()
    for words in ("You were signed out, and nothing was decided.", "Not on the &lt;subject&gt;.</textarea>",
                  "Twice.</textarea>", 'value="2099-03-01T13:00"'):  # fmt: skip
        assert words in html
    assert Contribution.objects.get(pk=record.pk).state == "submitted"
    assert gate.hides(client, page(record), "You were signed out", "Not on the")


@pytest.mark.parametrize("moment", ["soon", "2099-13-40"])
def test_an_invalid_time_changes_nothing_and_stays_to_be_corrected(desk, record, moment):
    html = press(desk, build.checked(record), "accept", moment=moment, note="Kept.")
    assert "Enter a valid date/time." in html
    assert "Kept.</textarea>" in html
    assert state() == "submitted"


def test_notes_are_shown_to_staff_with_their_authors(desk, reviewer, record):
    save(desk, record, staff_note="  ")
    assert not Note.objects.exists()
    save(desk, record, staff_note="Look <twice>.")
    assert (Note.objects.get().author, Note.objects.get().text) == (reviewer, "Look <twice>.")
    assert gate.shows(desk, page(record), "Look &lt;twice&gt;.", reviewer.email)


def case(desk, record, **fields):
    seen = desk.get(page(record)).context["case"].current
    chosen = {"verb": "case", "seen": seen, "organization": "", "assigned_to": ""}
    return desk.post(page(record), chosen | fields, follow=True).content.decode()


def test_the_case_is_saved_alone_and_assigned_through_the_workflow(desk, reviewer, secretary, stranger, record):
    organization, topic = Organization.objects.create(name="Open Door"), build.topic("Fees")
    case(desk, record, organization="Open Door", assigned_to=secretary.pk, topics=[topic.pk])
    stored = Contribution.objects.get()
    assert (stored.organization, stored.assigned_to, list(stored.topics.all())) == (organization, secretary, [topic])
    assert "Select a valid choice" in case(desk, record, assigned_to=stranger.pk)
    assert Contribution.objects.get().assigned_to == secretary
    case(desk, record)
    stored = Contribution.objects.get()
    assert (stored.organization, stored.assigned_to, list(stored.topics.all())) == (None, None, [])
    logged = record.transitions.filter(verb="assign").values_list("actor", "facts")
    assert list(logged) == [(reviewer.pk, {"to": None}), (reviewer.pk, {"to": secretary.pk})]


def test_a_change_of_the_case_is_on_the_next_public_page(desk, client, record):
    topic = build.topic("Fees at sea")
    workflow.publish(build.checked(record), by=None)
    assert gate.hides(client, record.get_absolute_url(), "Fees at sea")
    case(desk, record, topics=[topic.pk])
    assert gate.shows(client, record.get_absolute_url(), "Fees at sea")


def test_only_who_may_add_organizations_adds_one(desk, office, record):
    new = {"organization": "New House", "organization-is-new": "1"}
    assert "is not in the list" in case(desk, record, **new)
    case(office, record, **new)
    assert Contribution.objects.get().organization.name == "New House"


def test_hidden_topics_are_neither_shown_nor_lost(desk, record):
    hidden, shown = build.topic("Hidden topic", public=False), build.topic("Shown topic")
    record.topics.set([hidden])
    assert gate.hides(desk, page(record), "Hidden topic")
    case(desk, record, topics=[shown.pk])
    assert set(record.topics.all()) == {hidden, shown}


def test_the_case_that_somebody_else_saved_is_not_overwritten_unseen(desk, record, secretary):
    seen = desk.get(page(record)).context["case"].current
    workflow.assign(record, by=None, to=secretary)
    answer = desk.post(page(record), {"verb": "case", "seen": seen, "organization": "", "assigned_to": ""})
    assert answer.status_code == 422
    assert "Someone else saved this" in answer.content.decode()
    assert Contribution.objects.get().assigned_to == secretary
