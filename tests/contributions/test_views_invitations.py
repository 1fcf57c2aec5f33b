"""The page of an invitation: what it shows, and to whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contributions import workflow
from contributions.models import Contribution, Invitation
from publishing import workflow as proceedings
from tests import build, gate

pytestmark = pytest.mark.django_db

NAMES = ["Zebrahaus", "The call", "The dialogue"]


@pytest.fixture
def invitation():
    call = build.call(build.dialogue(title="The dialogue"), title="The call", audience="invited")
    return Invitation.objects.create(call=call, organization_name="Zebrahaus", email="door@example.org")


def page(invitation):
    return f"/contributions/invitation/{invitation.secret}/"


def test_anyone_with_the_link_sees_the_invitation_and_can_begin(filer, participant, invitation):
    assert gate.shows(filer, page(invitation), *NAMES, "Start, or continue my draft")
    assert gate.hides(filer, page(invitation), "door@example.org")
    assert not Contribution.objects.exists()
    answer = filer.post(page(invitation))
    draft = Contribution.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/contributions/mine/{draft.key}/")
    assert gate.shows(filer, f"/contributions/mine/{draft.key}/who/", 'value="Zebrahaus"')


def test_without_signing_in_every_link_looks_the_same(client, invitation):
    for address in (page(invitation), "/contributions/invitation/nothing-here/"):
        answer = client.get(address)
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/sign-in/")


def test_an_unknown_secret_is_absent(filer, invitation):
    for secret in ("nothing-here", invitation.secret[:-1], invitation.secret.swapcase(), str(invitation.pk)):
        assert gate.is_absent(filer, f"/contributions/invitation/{secret}/")


@pytest.mark.parametrize("hidden", ["call", "dialogue"])
@pytest.mark.parametrize("is_used", [True, False])
def test_with_a_hidden_call_an_invitation_shows_nothing_to_anyone(
    filer, participant, invitation, browser_of, hidden, is_used
):
    if is_used:
        workflow.redeem_invitation(invitation, by=participant)
    proceedings.unpublish(invitation.call if hidden == "call" else invitation.call.dialogue, by=None)
    assert gate.is_absent(filer, page(invitation))
    assert filer.post(page(invitation)).status_code == 404
    assert Contribution.objects.count() == is_used


def test_a_redeemed_invitation_leads_its_user_back_only(filer, participant, stranger, browser_of, invitation):
    filer.post(page(invitation))
    draft, other = Contribution.objects.get(), browser_of(stranger)
    assert filer.post(page(invitation)).url == f"/contributions/mine/{draft.key}/"
    answer = other.post(page(invitation), follow=True)
    html = answer.content.decode()
    assert "This invitation has been used. Ask the secretariat for another one." in html
    assert participant.email not in html
    assert str(draft.key) not in html
    assert Contribution.objects.get().filer == participant


def test_a_late_invitation_says_until_when_and_closes_then(filer, invitation, clock):
    call = invitation.call
    call.opens_at, call.closes_at = (timezone.now() - timedelta(days=days) for days in (3, 1))
    call.save()
    shut = "This invitation cannot be used now. Write to the secretariat if you need more time."
    assert shut in filer.post(page(invitation), follow=True).content.decode()
    invitation.late_until = timezone.now() + timedelta(hours=1)
    invitation.save()
    assert gate.shows(filer, page(invitation), "You can use it until")
    clock(invitation.late_until)
    assert shut in filer.post(page(invitation), follow=True).content.decode()
    assert not Contribution.objects.exists()
    clock(invitation.late_until - timedelta(seconds=1))
    assert filer.post(page(invitation)).url == f"/contributions/mine/{Contribution.objects.get().key}/"


def test_no_public_list_or_page_shows_an_invitation(client, filer, invitation):
    dialogue = invitation.call.dialogue
    for address in ("/", "/contributions/", invitation.call.get_absolute_url(), dialogue.get_absolute_url()):
        for browser in (client, filer):
            assert gate.hides(browser, address, "Zebrahaus", invitation.secret, "door@example.org")
    for browser in (client, filer):
        assert gate.shows(browser, invitation.call.get_absolute_url(), "Use the link in your invitation to start.")
        assert gate.hides(browser, invitation.call.get_absolute_url(), "Start a contribution")
