"""Invitations: each lets one organization contribute once, to a call by invitation or after a call has closed."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from contributions import workflow
from contributions.arrival import arrival_sentences
from contributions.models import Contribution, Invitation
from publishing import workflow as proceedings
from tests import build

pytestmark = pytest.mark.django_db

USED = "This invitation has been used"
SHUT = "This invitation cannot be used now"


def invitation(call, **fields):
    return Invitation.objects.create(call=call, **{"organization_name": "Open Door", **fields})


@pytest.fixture
def late():
    """An invitation to a call that closed yesterday, valid until tomorrow."""
    return invitation(build.call(opens=-3, closes=-1), late_until=timezone.now() + timedelta(days=1))


def test_an_invitation_is_emailed(secretary, settings):
    settings.BASE_URL = "https://portal.example"
    made = Invitation(call=build.call(title="The call"), organization_name="Open Door", email="door@example.org")
    workflow.invite(made, by=secretary)
    (email,) = mail.outbox
    assert email.to == ["door@example.org"]
    assert f"https://portal.example/contributions/invitation/{made.secret}/" in email.body
    assert "To Open Door:\n\nYou are invited to contribute: The call." in email.body
    assert Invitation.objects.get().made_by == secretary


def test_an_invitation_without_an_address_is_passed_on_by_hand(secretary):
    workflow.invite(Invitation(call=build.call(), organization_name="Open Door"), by=secretary)
    assert (Invitation.objects.count(), mail.outbox) == (1, [])


@pytest.mark.parametrize("who", ["participant", "reviewer"])
def test_only_the_secretariat_invites(request, who):
    made = Invitation(call=build.call(), organization_name="Open Door", email="door@example.org")
    with pytest.raises(PermissionDenied):
        workflow.invite(made, by=request.getfixturevalue(who))
    assert (Invitation.objects.count(), mail.outbox) == (0, [])


def test_redeeming_begins_a_draft_with_the_name_of_the_organization(participant):
    made = invitation(build.call(audience="invited"))
    draft = workflow.redeem_invitation(made, by=participant)
    assert (draft.filer, draft.call) == (participant, made.call)
    assert draft.draft.organization_name == "Open Door"
    assert Invitation.objects.get().contribution == draft


def test_a_second_click_leads_to_the_same_draft(participant):
    made = invitation(build.call(audience="invited"))
    assert workflow.redeem_invitation(made, by=participant) == workflow.redeem_invitation(made, by=participant)
    assert Contribution.objects.count() == 1


def test_a_redeemed_invitation_is_closed_to_others(participant, stranger):
    made = invitation(build.call(audience="invited"))
    workflow.redeem_invitation(made, by=participant)
    with pytest.raises(ValidationError, match=USED):
        workflow.redeem_invitation(made, by=stranger)
    assert Contribution.objects.get().filer == participant


def test_an_earlier_draft_for_the_same_call_is_continued(late, participant, stranger):
    other, draft = build.draft(late.call, by=stranger), build.draft(late.call, by=participant, title="Begun")
    assert workflow.redeem_invitation(late, by=participant) == draft
    assert Contribution.objects.count() == 2
    workflow.submit(Contribution.objects.get(pk=draft.pk), by=participant, consent=True)
    with pytest.raises(ValidationError, match="This call is closed"):
        workflow.submit(other, by=stranger, consent=True)


def test_deleting_the_draft_frees_the_invitation(participant, stranger):
    made = invitation(build.call(audience="invited"))
    workflow.discard(workflow.redeem_invitation(made, by=participant), by=participant)
    made.refresh_from_db()
    assert workflow.redeem_invitation(made, by=stranger).filer == stranger


def test_a_late_invitation_is_valid_until_its_time_and_not_at_it(late, participant, clock):
    draft = workflow.redeem_invitation(late, by=participant)
    workflow.save(draft.draft, by=participant, title="Late", text="But here.")
    clock(late.late_until)
    with pytest.raises(ValidationError, match="This call is closed"):
        workflow.submit(Contribution.objects.get(), by=participant, consent=True)
    clock(late.late_until - timedelta(microseconds=1))
    workflow.submit(Contribution.objects.get(), by=participant, consent=True)
    (sentence,) = arrival_sentences(Contribution.objects.get().newest)
    assert sentence.startswith("Sent in the time that was granted, until ")


def test_a_late_invitation_begins_nothing_at_its_time(late, participant, clock):
    clock(late.late_until)
    with pytest.raises(ValidationError, match=SHUT):
        workflow.redeem_invitation(late, by=participant)
    assert not Contribution.objects.exists()
    clock(late.late_until - timedelta(microseconds=1))
    assert workflow.redeem_invitation(late, by=participant)


def test_an_invitation_without_a_late_time_ends_with_its_call(participant):
    made = invitation(build.call(opens=-3, closes=-1, audience="invited"))
    with pytest.raises(ValidationError, match=SHUT):
        workflow.redeem_invitation(made, by=participant)


def test_a_late_time_does_not_shorten_an_open_call(participant):
    made = invitation(build.call(audience="invited"), late_until=timezone.now() - timedelta(days=1))
    assert workflow.redeem_invitation(made, by=participant).can_be_submitted


@pytest.mark.parametrize("gate", ["call", "dialogue"])
def test_a_hidden_call_accepts_nothing_not_even_late(late, participant, gate):
    draft = workflow.redeem_invitation(late, by=participant)
    proceedings.unpublish(late.call if gate == "call" else late.call.dialogue, by=None)
    assert not Invitation.objects.get().is_open
    assert not Contribution.objects.get(pk=draft.pk).can_be_submitted
    workflow.discard(draft, by=participant)
    with pytest.raises(ValidationError, match=SHUT):
        workflow.redeem_invitation(Invitation.objects.get(), by=participant)


def test_a_call_by_invitation_accepts_nothing_from_others(participant):
    draft = build.draft(build.call(audience="invited"), by=participant)
    assert not draft.can_be_submitted
    with pytest.raises(ValidationError, match="This call is closed"):
        workflow.submit(draft, by=participant, consent=True)
