"""What a call and a dialogue are called once they are hidden again: not on the pages and letters of who filed."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from contributions import letters, workflow
from contributions.models import Call, Contribution
from dialogues.models import Dialogue
from publishing import workflow as proceedings
from tests import build, gate

pytestmark = pytest.mark.django_db

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
    """Close the gate of a record and rename it, as someone does who thinks again."""
    proceedings.unpublish(record, by=None)
    record.title = f"{record.title} renamed"
    record.save()


def pages(record):
    """Every page of its filer that has to do with one contribution."""
    own = [f"/contributions/mine/{record.key}/{place}" for place in PLACES]
    return ["/contributions/mine/", *own, *([record.get_absolute_url()] if record.reference else [])]


def read(browser, record):
    """All that those pages say."""
    return "".join(browser.get(page, follow=True).content.decode() for page in pages(record))


@pytest.mark.parametrize("state", STATES)
def test_the_names_of_what_is_public_show(filer, participant, call, state):
    record = build.contribution(call, by=participant, state=state)
    html = read(filer, record)
    assert "A dialogue" in html
    assert "A call" in html
    assert NEUTRAL not in html
    assert ("A question?" in html) is (state == "draft")


@pytest.mark.parametrize("state", STATES)
def test_with_its_dialogue_hidden_no_page_names_either(filer, participant, call, state):
    record = build.contribution(call, by=participant, state=state)
    hide(call.dialogue)
    html = read(filer, record)
    for word in ("A dialogue renamed", "A call", "A question?", call.dialogue.slug):
        assert word not in html
    receipt = [f"/contributions/mine/{record.key}/receipt/"] if record.reference else []
    for page in [*pages(record)[:1], *receipt]:
        assert gate.shows(filer, page, NEUTRAL, record.reference or "")


@pytest.mark.parametrize("state", STATES)
def test_with_its_call_hidden_the_dialogue_stands_alone(filer, participant, call, state):
    record = build.contribution(call, by=participant, state=state)
    hide(call)
    html = read(filer, record)
    for word in ("A call", "A question?", NEUTRAL):
        assert word not in html
    assert "A dialogue" in html


def test_no_letter_names_either(participant, call):
    record = build.contribution(call, by=participant, state="submitted")
    for letter in letters.LETTERS:
        letters.send(letter, record)
    assert mail.outbox
    for letter in mail.outbox:
        assert record.reference in letter.subject
        for word in ("A call", "A dialogue", call.dialogue.slug):
            assert word not in letter.subject + letter.body


def test_reviewers_do_not_read_them_and_who_sees_drafts_does(participant, call, browser_of, reviewer, secretary):
    record = build.contribution(call, by=participant, state="submitted")
    hide(call.dialogue)
    assert gate.hides(browser_of(reviewer), record.get_absolute_url(), "A dialogue renamed", call.dialogue.slug)
    assert gate.shows(browser_of(secretary), record.get_absolute_url(), "A dialogue renamed", call.dialogue.slug)


@pytest.mark.parametrize("gate_of", ["call", "dialogue"])
def test_what_is_hidden_takes_no_contribution_and_the_draft_is_kept(filer, participant, call, gate_of):
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


def test_what_is_public_again_takes_contributions_again(participant, call):
    draft = build.draft(call, by=participant)
    for verb in (proceedings.unpublish, proceedings.publish):
        verb(Dialogue.objects.get(), by=None)
    assert Call.objects.get().is_open
    workflow.submit(Contribution.objects.get(pk=draft.pk), by=participant, consent=True)
    assert Contribution.objects.get().state == "submitted"


@pytest.mark.parametrize("gate_of", ["call", "dialogue"])
def test_what_is_written_while_it_is_hidden_shows_no_word_of_it(filer, participant, call, gate_of):
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
