"""The table of moves: every move from every state, and who may make it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command

from contributions import workflow
from contributions.models import Contribution
from publishing.models import Transition
from tests import build

pytestmark = pytest.mark.django_db

STATES = ["draft", "submitted", "returned", "accepted", "published", "declined", "withdrawn"]
VERBS = {
    "submit": lambda record, by: workflow.submit(record, by=by, consent=True),
    "accept": lambda record, by: workflow.accept(record, by=by),
    "publish": lambda record, by: workflow.publish(record, by=by),
    "unpublish": lambda record, by: workflow.unpublish(record, by=by),
    "request_changes": lambda record, by: workflow.request_changes(record, by=by, note="Leave the name out."),
    "decline": lambda record, by: workflow.decline(record, by=by, note="Not on the subject."),
    "withdraw": lambda record, by: workflow.withdraw(record, by=by),
}
ALLOWED = {
    ("draft", "submit"): "submitted",
    ("returned", "submit"): "submitted",
    ("accepted", "submit"): "submitted",
    ("published", "submit"): "submitted",
    ("submitted", "submit"): "submitted",
    ("submitted", "accept"): "accepted",
    ("submitted", "publish"): "published",
    ("accepted", "publish"): "published",
    ("submitted", "request_changes"): "returned",
    ("submitted", "decline"): "declined",
    ("accepted", "request_changes"): "returned",
    ("accepted", "decline"): "declined",
    ("submitted", "withdraw"): "withdrawn",
    ("returned", "withdraw"): "withdrawn",
    ("accepted", "withdraw"): "withdrawn",
    ("published", "unpublish"): "submitted",
    ("published", "withdraw"): "withdrawn",
}
REFUSED = [(state, verb) for state in STATES for verb in VERBS if (state, verb) not in ALLOWED]
SUBJECTS = {  # of the emails that are sent at once
    "submit": "Receipt {}",
    "accept": "{} is accepted",
    "request_changes": "{}: changes requested",
    "decline": "{} is declined",
    "withdraw": "{} is withdrawn",
}
WHO_MAY = {verb: {"reviewer", "secretary"} for verb in VERBS} | {
    "submit": {"participant"},
    "withdraw": {"participant", "reviewer", "secretary"},
}
SOURCE = {verb: state for (state, verb) in reversed(ALLOWED)}


def prepared(by, state, verb):
    """A contribution in that state that meets every other condition of the move."""
    record = build.contribution(by=by, state=state)
    if verb == "submit" and record.is_editable:
        workflow.revise(record, by=None)
    return build.checked(record) if record.newest else record


def mover(request, verb):
    """A user who may make this move of the participant's contribution."""
    return request.getfixturevalue("participant" if verb == "submit" else "reviewer")


def snapshot(record):
    row = Contribution.objects.filter(pk=record.pk).values().get()
    return row, list(record.transitions.values_list("verb", flat=True)), len(mail.outbox)


@pytest.mark.parametrize(("state", "verb"), ALLOWED)
def test_an_allowed_move_leads_to_its_state_and_is_logged(request, participant, state, verb):
    record, by = prepared(participant, state, verb), mover(request, verb)
    before = record.transitions.count()
    VERBS[verb](record, by)
    assert record.state == ALLOWED[state, verb]
    assert Contribution.objects.get().state == ALLOWED[state, verb]
    assert record.transitions.count() == before + 1
    entry, by_sender = record.transitions.first(), by == participant
    assert (entry.verb, entry.part) == (verb, "sender" if by_sender else "staff")
    assert entry.actor == (None if by_sender else by)


@pytest.mark.parametrize(("state", "verb"), ALLOWED)
def test_an_allowed_move_sends_its_one_email(request, participant, state, verb):
    record = prepared(participant, state, verb)
    mail.outbox.clear()
    VERBS[verb](record, mover(request, verb))
    expected = [SUBJECTS[verb].format(record.reference)] if verb in SUBJECTS else []
    assert [email.subject for email in mail.outbox] == expected
    assert [email.to for email in mail.outbox] == [[participant.email]] * len(expected)


@pytest.mark.parametrize(("state", "verb"), ALLOWED)
def test_a_public_contribution_stays_public_while_it_is_corrected(request, participant, state, verb):
    record = prepared(participant, state, verb)
    VERBS[verb](record, mover(request, verb))
    stored = Contribution.objects.get()
    is_public = ALLOWED[state, verb] == "published" or (state, verb) == ("published", "submit")
    assert (stored.published_at is not None) is is_public
    assert (stored.shown is not None) is is_public
    assert record.published_at == stored.published_at


@pytest.mark.parametrize(("state", "verb"), REFUSED)
def test_any_other_move_is_refused_and_changes_nothing(request, participant, state, verb):
    record = prepared(participant, state, verb)
    before = snapshot(record)
    with pytest.raises(ValidationError):
        VERBS[verb](record, mover(request, verb))
    assert snapshot(record) == before
    assert record.state == state


@pytest.mark.parametrize(("state", "verb"), REFUSED)
def test_a_command_must_follow_the_table_too(participant, state, verb):
    record = prepared(participant, state, verb)
    with pytest.raises(ValidationError):
        VERBS[verb](record, None)
    assert Contribution.objects.get().state == state


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", ["participant", "stranger", "reviewer", "secretary", "chair", "anonymous"])
def test_a_move_requires_permission(request, participant, verb, who):
    record = prepared(participant, SOURCE[verb], verb)
    people = {"chair": lambda: build.co_chair(record.call.dialogue), "anonymous": AnonymousUser}
    by = people[who]() if who in people else request.getfixturevalue(who)
    before = snapshot(record)
    if who in WHO_MAY[verb]:
        VERBS[verb](record, by)
        assert Contribution.objects.get().state == ALLOWED[SOURCE[verb], verb]
    else:
        with pytest.raises(PermissionDenied):
            VERBS[verb](record, by)
        assert snapshot(record) == before


@pytest.mark.parametrize("verb", ["submit", "withdraw"])
def test_a_contribution_without_a_filer_belongs_to_nobody(stranger, verb):
    record = prepared(None, SOURCE[verb], verb)
    for by in (AnonymousUser(), stranger):
        with pytest.raises(PermissionDenied):
            VERBS[verb](record, by)
    assert Contribution.objects.get().state == SOURCE[verb]


def test_an_anonymous_user_does_not_edit_a_draft_without_a_filer():
    draft = build.draft(build.call(), title="Kept")
    with pytest.raises(PermissionDenied):
        workflow.save(draft.draft, by=AnonymousUser(), title="Changed")
    assert Contribution.objects.get().title == "Kept"


def test_a_command_makes_moves_and_the_log_names_nobody():
    record = build.contribution(state="submitted")
    workflow.publish(record, by=None)
    assert (record.transitions.first().actor, record.transitions.first().part) == (None, "system")


def test_a_sender_can_be_deleted_and_the_log_stays_valid(participant):
    record = build.contribution(by=participant, state="submitted")
    workflow.withdraw(record, by=participant)
    participant.delete()
    assert [entry.part for entry in record.transitions.all()] == ["sender", "system"]
    call_command("check_log")


def test_staff_who_withdraw_their_own_contribution_act_as_its_sender(reviewer):
    record = build.contribution(by=reviewer, state="submitted")
    workflow.withdraw(record, by=reviewer)
    assert (record.transitions.first().actor, record.transitions.first().part) == (None, "sender")


def test_a_contribution_without_a_filer_gets_no_email():
    build.contribution(state="published")
    assert mail.outbox == []


def test_another_filer_cannot_withdraw_a_contribution(stranger, participant):
    build.contribution(by=stranger, state="submitted")
    record = build.contribution(by=participant, state="submitted")
    with pytest.raises(PermissionDenied):
        workflow.withdraw(record, by=stranger)
    assert Contribution.objects.get(pk=record.pk).state == "submitted"


def test_publishing_again_sets_a_new_time(reviewer):
    record = build.contribution()
    first = record.published_at
    workflow.unpublish(record, by=reviewer)
    workflow.publish(build.checked(record), by=reviewer)
    assert record.published_at > first
    assert list(Transition.objects.values_list("verb", flat=True))[:3] == ["publish", "unpublish", "publish"]


def test_a_stale_copy_does_not_repeat_a_move(reviewer, participant):
    record = build.checked(build.contribution(by=participant, state="submitted"))
    stale = Contribution.objects.get()
    workflow.withdraw(record, by=participant)
    with pytest.raises(workflow.WrongStateError, match="Withdrawn"):
        workflow.publish(stale, by=reviewer)
    assert Contribution.objects.get().published_at is None
    assert stale.state == "submitted"
