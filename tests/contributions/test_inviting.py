"""Invitations: one link lets one organization in, once; to a closed circle, or after the hour."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from contributions import workflow
from contributions.models import Contribution, Invitation
from publishing import workflow as proceedings
from tests import build

pytestmark = pytest.mark.django_db

USED = "This invitation has been used"
SHUT = "This invitation lets nobody in now"


def invitation(call, **fields):
    return Invitation.objects.create(call=call, **{"organization_name": "Open Door", **fields})


@pytest.fixture
def late():
    """An invitation to a call that closed yesterday, good until tomorrow."""
    return invitation(build.call(opens=-3, closes=-1), late_until=timezone.now() + timedelta(days=1))


def test_an_invitation_is_sent_to_its_address(secretary, settings):
    settings.BASE_URL = "https://portal.example"
    made = Invitation(call=build.call(title="The call"), organization_name="Open Door", email="door@example.org")
    workflow.invite(made, by=secretary)
    (letter,) = mail.outbox
    assert letter.to == ["door@example.org"]
    assert f"https://portal.example/contributions/invitation/{made.secret}/" in letter.body
    assert "Open Door is invited to contribute: The call." in letter.body
    assert Invitation.objects.get().made_by == secretary


def test_an_invitation_without_an_address_is_passed_on_by_hand(secretary):
    workflow.invite(Invitation(call=build.call(), organization_name="Open Door"), by=secretary)
    assert (Invitation.objects.count(), mail.outbox) == (1, [])


@pytest.mark.parametrize("who", ["participant", "reviewer"])
def test_nobody_but_the_secretariat_invites(request, who):
    made = Invitation(call=build.call(), organization_name="Open Door", email="door@example.org")
    with pytest.raises(PermissionDenied):
        workflow.invite(made, by=request.getfixturevalue(who))
    assert (Invitation.objects.count(), mail.outbox) == (0, [])


def test_taking_up_begins_a_draft_that_knows_the_organization(participant):
    made = invitation(build.call(audience="invited"))
    draft = workflow.take_up(made, by=participant)
    assert (draft.filer, draft.call) == (participant, made.call)
    assert draft.being_written.organization_name == "Open Door"
    assert Invitation.objects.get().contribution == draft


def test_a_second_click_leads_to_the_same_draft(participant):
    made = invitation(build.call(audience="invited"))
    assert workflow.take_up(made, by=participant) == workflow.take_up(made, by=participant)
    assert Contribution.objects.count() == 1


def test_what_one_took_up_is_closed_to_others(participant, stranger):
    made = invitation(build.call(audience="invited"))
    workflow.take_up(made, by=participant)
    with pytest.raises(ValidationError, match=USED):
        workflow.take_up(made, by=stranger)
    assert Contribution.objects.get().filer == participant


def test_a_draft_of_the_same_call_that_was_begun_in_time_is_let_in(late, participant, stranger):
    other, draft = build.draft(late.call, by=stranger), build.draft(late.call, by=participant, title="Begun")
    assert workflow.take_up(late, by=participant) == draft
    assert Contribution.objects.count() == 2
    workflow.submit(Contribution.objects.get(pk=draft.pk), by=participant, consent=True)
    with pytest.raises(ValidationError, match="This call is closed"):
        workflow.submit(other, by=stranger, consent=True)


def test_a_draft_that_was_deleted_frees_its_invitation(participant, stranger):
    made = invitation(build.call(audience="invited"))
    workflow.discard(workflow.take_up(made, by=participant), by=participant)
    made.refresh_from_db()
    assert workflow.take_up(made, by=stranger).filer == stranger


def test_a_late_link_lets_in_until_its_hour_and_not_at_it(late, participant, clock):
    draft = workflow.take_up(late, by=participant)
    workflow.save(draft.being_written, by=participant, title="Late", text="But here.")
    clock(late.late_until)
    with pytest.raises(ValidationError, match="This call is closed"):
        workflow.submit(Contribution.objects.get(), by=participant, consent=True)
    clock(late.late_until - timedelta(microseconds=1))
    workflow.submit(Contribution.objects.get(), by=participant, consent=True)
    assert Contribution.objects.get().newest.is_late


def test_a_late_link_begins_nothing_at_its_hour(late, participant, clock):
    clock(late.late_until)
    with pytest.raises(ValidationError, match=SHUT):
        workflow.take_up(late, by=participant)
    assert not Contribution.objects.exists()
    clock(late.late_until - timedelta(microseconds=1))
    assert workflow.take_up(late, by=participant)


def test_a_link_without_a_late_hour_ends_with_its_call(participant):
    made = invitation(build.call(opens=-3, closes=-1, audience="invited"))
    with pytest.raises(ValidationError, match=SHUT):
        workflow.take_up(made, by=participant)


def test_the_late_hour_does_not_shorten_an_open_call(participant):
    made = invitation(build.call(audience="invited"), late_until=timezone.now() - timedelta(days=1))
    assert workflow.take_up(made, by=participant).may_be_sent


@pytest.mark.parametrize("gate", ["call", "dialogue"])
def test_a_hidden_call_lets_nobody_in_not_even_late(late, participant, gate):
    draft = workflow.take_up(late, by=participant)
    proceedings.unpublish(late.call if gate == "call" else late.call.dialogue, by=None)
    assert not Invitation.objects.get().lets_in
    assert not Contribution.objects.get(pk=draft.pk).may_be_sent
    workflow.discard(draft, by=participant)
    with pytest.raises(ValidationError, match=SHUT):
        workflow.take_up(Invitation.objects.get(), by=participant)


def test_a_call_for_invited_ones_takes_nothing_from_others(participant):
    draft = build.draft(build.call(audience="invited"), by=participant)
    assert not draft.may_be_sent
    with pytest.raises(ValidationError, match="This call is closed"):
        workflow.submit(draft, by=participant, consent=True)
