"""Letters to the filers of a call: who gets one, in which words, and that nobody gets it twice."""

import json

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from contributions import workflow
from contributions.models import CallLetter
from contributions.workflow import letters
from mail.models import OutgoingEmail
from publishing.models import Transition
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(tasks_wait):
    return build.call(build.dialogue(title="Third dialogue"), title="What have you seen?")


@pytest.fixture
def queue(settings, tasks_wait):
    """The queue, in place of the outbox of tests."""
    settings.EMAIL_BACKEND = "mail.queue.QueueBackend"


def filed(call, state="submitted", *, by=None, **fields):
    """Return the filer of a contribution in this state, whose address was proved."""
    filer = by or build.reachable_user(**fields)
    build.contribution(call, by=filer, state=state)
    mail.outbox.clear()
    return filer


def addresses(call, *states):
    return sorted(workflow.recipients_of(call, states).values_list("email", flat=True))


def send(letter, by, expected=None):
    mail.outbox.clear()
    total = workflow.recipients_of(letter.call, letter.states).count()
    return workflow.send_to_filers(letter, by=by, expected=total if expected is None else expected)


def sent():
    return {email.to[0]: (email.subject, email.body) for email in mail.outbox}


def test_only_filers_in_the_chosen_states_of_this_call_get_it(call):
    people = {state: filed(call, state).email for state in ("draft", "submitted", "returned", "accepted", "declined")}
    filed(build.call())
    assert addresses(call, "draft") == [people["draft"]]
    assert addresses(call, "submitted", "declined") == sorted([people["submitted"], people["declined"]])
    assert addresses(call) == []


def test_an_account_with_several_contributions_counts_once(call):
    filer = filed(call)
    filed(call, by=filer)
    filed(call, "accepted", by=filer)
    assert addresses(call, "submitted", "accepted") == [filer.email]


def test_people_who_withdrew_get_nothing(call):
    filed(call, "withdrawn")
    assert addresses(call, "withdrawn", "submitted") == []


def test_an_unproved_address_and_a_closed_account_get_nothing(call):
    filed(call, by=build.user("unproved@example.org"))
    filed(call, is_active=False)
    moved = filed(call)
    moved.email = "changed-by-staff@example.org"
    moved.save()
    build.contribution(call, state="submitted")  # brought in by staff
    assert addresses(call, "submitted") == []
    assert sum(workflow.recipient_counts(call).values()) == 0


def test_each_filer_gets_their_language_or_else_the_original(call, secretary):
    people = {language: filed(call, language=language) for language in ("en", "fr", "zh-hans", "es")}
    texts = {"fr": {"subject": "Nouvelles", "body": "Fin : {end}"}, "zh": {"subject": "新消息", "body": "{mine}"}}
    letter = build.call_letter(call, translations=texts, subject="News of {call}", body="In {dialogue}: {page}")
    assert send(letter, secretary) == 4
    found = sent()
    assert found[people["fr"].email][0] == "Nouvelles"
    assert "/zh/contributions/mine/" in found[people["zh-hans"].email][1]
    assert found[people["en"].email][0] == "News of What have you seen?"
    assert f"In Third dialogue: http://localhost:8000{call.get_absolute_url()}" in found[people["en"].email][1]
    assert found[people["es"].email][0] == "News of What have you seen?"
    assert f"http://localhost:8000/es{call.get_absolute_url()}" in found[people["es"].email][1]


def test_each_email_has_one_address_and_lets_sign_in_codes_go_first(call, secretary, queue):
    filed(call), filed(call)
    send(build.call_letter(call), secretary)
    emails = list(OutgoingEmail.objects.filter(content__subject="News of the call"))
    assert [len(email.recipients) for email in emails] == [1, 1]
    assert all(email.in_bulk for email in emails)


def test_a_letter_is_sent_once(call, secretary):
    filed(call)
    letter = build.call_letter(call)
    send(letter, secretary)
    with pytest.raises(workflow.WrongStateError):
        send(CallLetter.objects.get(), secretary)
    with pytest.raises(workflow.WrongStateError):  # a second click, with the record as it was before the first
        send(letter, secretary)
    assert mail.outbox == []


def test_if_the_process_dies_nothing_is_sent_and_it_can_be_sent_again(call, secretary, queue, monkeypatch):
    filed(call)
    letter = build.call_letter(call)
    before = OutgoingEmail.objects.count()

    def die(*args, **kwargs):
        raise RuntimeError("the process died")

    with monkeypatch.context() as patch:
        patch.setattr(letters, "log", die)
        with pytest.raises(RuntimeError):
            send(letter, secretary)
    letter.refresh_from_db()
    assert (letter.sent_at, letter.recipient_count, OutgoingEmail.objects.count()) == (None, None, before)
    assert send(letter, secretary) == 1
    assert OutgoingEmail.objects.count() == before + 1


def test_if_the_number_of_recipients_has_changed_staff_look_again(call, secretary):
    filed(call)
    letter = build.call_letter(call)
    filed(call)
    with pytest.raises(ValidationError, match="The letter would now go to 2 people"):
        send(letter, secretary, expected=1)
    assert mail.outbox == []
    letter.refresh_from_db()
    assert letter.sent_at is None


def test_a_letter_to_nobody_is_refused(call, secretary):
    with pytest.raises(ValidationError, match="This letter has no recipients"):
        send(build.call_letter(call), secretary)


def test_the_log_says_to_how_many_and_names_nobody(call, secretary):
    filer = filed(call)
    letter = build.call_letter(call, states=["submitted", "draft"])
    send(letter, secretary)
    entry = Transition.objects.get(verb="send_letter")
    assert (entry.record, entry.actor) == (call, secretary)
    assert entry.facts == {"letter": letter.pk, "states": ["submitted", "draft"], "recipients": 1}
    letter.refresh_from_db()
    assert letter.recipient_count == 1
    kept = json.dumps([letter.states, letter.subject, letter.body, letter.translations, entry.facts, entry.note])
    assert filer.email not in kept


@pytest.mark.parametrize("closed", ["call", "dialogue"])
def test_a_hidden_call_is_named_to_nobody(call, secretary, closed):
    filed(call)
    letter = build.call_letter(call, body="About {call}: {end}")
    record = call if closed == "call" else call.dialogue
    type(record).objects.filter(pk=record.pk).update(published_at=None)
    letter = CallLetter.objects.get()
    with pytest.raises(ValidationError, match=r"This letter has no field \{call\}"):
        send(letter, secretary)
    assert mail.outbox == []
    letter.body = "It closes on {end}."
    workflow.write_letter(letter, by=secretary)
    assert send(letter, secretary) == 1


def test_a_translation_with_faults_is_not_sent(call, secretary):
    filed(call)
    letter = build.call_letter(call, translations={"fr": {"subject": "Nouvelles", "body": "{fin}"}})
    with pytest.raises(ValidationError, match=r"Français: This letter has no field \{fin\}"):
        send(letter, secretary)


def test_only_the_secretariat_writes_sends_and_discards(call, secretary, reviewer):
    filed(call)
    letter = build.call_letter(call)
    for move in (
        lambda: workflow.write_letter(letter, by=reviewer),
        lambda: workflow.discard_letter(letter, by=reviewer),
        lambda: send(letter, reviewer),
    ):
        with pytest.raises(PermissionDenied):
            move()
    assert CallLetter.objects.visible_to(reviewer).count() == 0
    assert CallLetter.objects.visible_to(secretary).count() == 1
    assert mail.outbox == []


def test_a_sent_letter_is_neither_changed_nor_discarded(call, secretary):
    filed(call)
    letter = build.call_letter(call)
    send(letter, secretary)
    letter.body = "Other words"
    with pytest.raises(workflow.WrongStateError):
        workflow.write_letter(letter, by=secretary)
    with pytest.raises(workflow.WrongStateError):
        workflow.discard_letter(letter, by=secretary)
    assert CallLetter.objects.get().body == "It closes on {end}."


def test_a_draft_of_a_letter_is_discarded(call, secretary):
    workflow.discard_letter(build.call_letter(call), by=secretary)
    assert not CallLetter.objects.exists()
