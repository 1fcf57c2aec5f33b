"""The names of calls and dialogues that are hidden again do not appear on the pages and in the emails of filers."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from contributions import workflow
from contributions.models import Call, Contribution
from contributions.workflow.move_letters import send_email
from contributions.workflow.moves import MOVES
from dialogues.models import Dialogue
from publishing import workflow as proceedings
from tests import build, gate

pytestmark = pytest.mark.django_db

EMAILS = [move.email for move in MOVES.values() if move.email]

CLOSED = "This call is closed. Your draft is kept"
NEUTRAL = "A dialogue that is not public at present"
STATES = ["draft", "submitted", "returned", "accepted", "published", "declined", "withdrawn"]
PLACES = ["", "who/", "answers/", "files/", "appear/", "check/", "receipt/", "withdraw/", "discard/"]


@pytest.fixture
def call():
    made = build.call(build.dialogue(title="A dialogue"), title="A call")
    made.questions.create(number=1, text="A question?")
    return made


def hide(record):
    """Close the gate of a record and rename it, as somebody does who reconsiders."""
    proceedings.unpublish(record, by=None)
    record.title = f"{record.title} renamed"
    record.save()


def pages(record):
    """Return every page of its filer about one contribution."""
    own = [f"/contributions/mine/{record.key}/{place}" for place in PLACES]
    return ["/contributions/mine/", *own, *([record.get_absolute_url()] if record.reference else [])]


def read(browser, record):
    """Return the text of all those pages."""
    return "".join(browser.get(page, follow=True).content.decode() for page in pages(record))


@pytest.mark.parametrize("state", STATES)
def test_the_names_of_public_records_are_shown(filer, participant, call, state):
    record = build.contribution(call, by=participant, state=state)
    html = read(filer, record)
    assert "A dialogue" in html
    assert "A call" in html
    assert NEUTRAL not in html
    assert ("A question?" in html) is (state == "draft")


@pytest.mark.parametrize("state", STATES)
def test_if_the_dialogue_is_hidden_no_page_names_it_or_the_call(filer, participant, call, state):
    record = build.contribution(call, by=participant, state=state)
    hide(call.dialogue)
    html = read(filer, record)
    for word in ("A dialogue renamed", "A call", "A question?", call.dialogue.slug):
        assert word not in html
    receipt = [f"/contributions/mine/{record.key}/receipt/"] if record.reference else []
    for page in [*pages(record)[:1], *receipt]:
        assert gate.shows(filer, page, NEUTRAL, record.reference or "")


@pytest.mark.parametrize("state", STATES)
def test_if_the_call_is_hidden_only_the_dialogue_is_named(filer, participant, call, state):
    record = build.contribution(call, by=participant, state=state)
    hide(call)
    html = read(filer, record)
    for word in ("A call", "A question?", NEUTRAL):
        assert word not in html
    assert "A dialogue" in html


def test_no_email_names_a_hidden_call_or_dialogue(participant, call):
    record = build.contribution(call, by=participant, state="submitted")
    for email in EMAILS:
        send_email(email, record)
    assert mail.outbox
    for email in mail.outbox:
        assert record.reference in email.subject
        for word in ("A call", "A dialogue", call.dialogue.slug):
            assert word not in email.subject + email.body


def test_reviewers_do_not_see_hidden_names_and_users_who_see_drafts_do(
    participant, call, browser_of, reviewer, secretary
):
    record = build.contribution(call, by=participant, state="submitted")
    hide(call.dialogue)
    assert gate.hides(browser_of(reviewer), record.get_absolute_url(), "A dialogue renamed", call.dialogue.slug)
    assert gate.shows(browser_of(secretary), record.get_absolute_url(), "A dialogue renamed", call.dialogue.slug)


@pytest.mark.parametrize("gate_of", ["call", "dialogue"])
def test_a_hidden_call_accepts_no_contribution_and_the_draft_is_kept(filer, participant, call, gate_of):
    draft = build.draft(call, by=participant)
    proceedings.unpublish(call if gate_of == "call" else call.dialogue, by=None)
    assert not Call.objects.get().is_open
    with pytest.raises(ValidationError, match=CLOSED):
        workflow.submit(Contribution.objects.get(), by=participant, consent=True)
    words = {"title": "Kept", "text": "Words.", "language": "en"}
    assert filer.post(f"/contributions/mine/{draft.key}/answers/", words).status_code == 302
    answer = filer.post(f"/contributions/mine/{draft.key}/check/", {"consent": "on", "send": "1"})
    assert answer.status_code == 422
    assert CLOSED in answer.content.decode()
    assert (Contribution.objects.get().state, Contribution.objects.get().title) == ("draft", "Kept")
    with pytest.raises(ValidationError, match="This call is not open"):
        workflow.begin(Call.objects.get(), by=participant)


def test_a_call_that_is_public_again_accepts_contributions_again(participant, call):
    draft = build.draft(call, by=participant)
    for verb in (proceedings.unpublish, proceedings.publish):
        verb(Dialogue.objects.get(), by=None)
    assert Call.objects.get().is_open
    workflow.submit(Contribution.objects.get(pk=draft.pk), by=participant, consent=True)
    assert Contribution.objects.get().state == "submitted"


@pytest.mark.parametrize("gate_of", ["call", "dialogue"])
def test_a_draft_shows_no_words_of_a_hidden_call(filer, participant, call, gate_of):
    call.guidance = "Guidance of the call"
    call.save()
    draft = build.draft(call, by=participant)
    for place in ("answers/", "check/"):
        assert gate.shows(filer, f"/contributions/mine/{draft.key}/{place}", "A dialogue")
    assert gate.shows(filer, f"/contributions/mine/{draft.key}/answers/", "A question?", "Guidance of the call")
    hide(call if gate_of == "call" else call.dialogue)
    for place in ("who/", "answers/", "files/", "appear/", "check/"):
        page = f"/contributions/mine/{draft.key}/{place}"
        assert gate.hides(filer, page, "A call", "A question?", "Guidance of the call")
