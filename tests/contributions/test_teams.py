"""Teams: several people of one organization write together; who leaves loses access at once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from contributions import workflow
from contributions.models import Attachment, Contribution, Membership, Revision, Team, TeamInvitation
from publishing.models import Transition
from tests import build, gate

pytestmark = pytest.mark.django_db

TEAMS = "/contributions/teams/"


@pytest.fixture(autouse=True)
def no_earlier_attempts():
    """Count no attempts of other tests."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def colleague():
    return build.user("colleague@example.org")


@pytest.fixture
def team(participant, colleague):
    made = workflow.make_team("Open Door", by=participant)
    join(made, participant, colleague)
    return made


@pytest.fixture
def shared(participant, team):
    record = build.draft(build.call(), by=participant)
    workflow.share_with_team(record, team, by=participant)
    record.refresh_from_db()
    return record


def join(team, by, user):
    workflow.invite_to_team(team, user.email, by=by)
    workflow.accept_team_invitation(TeamInvitation.objects.get(address=user.email), by=user)


def answers(record):
    return f"/contributions/mine/{record.key}/answers/"


def test_an_invitation_is_shown_to_its_address_alone(team, participant, browser_of):
    workflow.invite_to_team(team, "invited@example.org", by=participant)
    for address, shown in (("invited@example.org", True), ("ınvited@example.org", False), ("other@example.org", False)):
        browser = browser_of(build.user(address))
        assert gate.shows(browser, TEAMS, "Open Door") is shown
        assert ("Open Door" in browser.get(TEAMS).content.decode()) is shown


def test_a_team_is_made_joined_and_shared_with_on_the_pages(filer, participant, colleague, browser_of):
    record = build.draft(build.call(), by=participant)
    other = browser_of(colleague)
    filer.post(TEAMS, {"move": "make", "name": "Open Door"})
    team = Team.objects.get()
    filer.post(TEAMS, {"move": "invite", "team": team.pk, "address": "Colleague@example.org"})
    assert gate.shows(filer, TEAMS, "colleague@example.org", "invited until")
    assert gate.shows(other, "/contributions/mine/", "You are invited to write together")
    other.post(TEAMS, {"move": "accept", "invitation": TeamInvitation.objects.get().pk})
    assert gate.shows(filer, TEAMS, "colleague@example.org", "End access")
    assert other.get(answers(record)).status_code == 404
    filer.post(f"/contributions/mine/{record.key}/share/", {"team": team.pk})
    assert gate.shows(other, answers(record), "Our account.")
    assert gate.shows(other, "/contributions/mine/", "What we saw", "shared with Open Door")


def test_the_letter_has_no_link_that_lets_anyone_in(team, participant, stranger, browser_of):
    mail.outbox.clear()
    workflow.invite_to_team(team, "new@example.org", by=participant)
    (letter,) = mail.outbox
    assert letter.to == ["new@example.org"]
    assert "/contributions/teams/\n" in letter.body
    invitation = TeamInvitation.objects.get()
    with pytest.raises(PermissionDenied):
        workflow.accept_team_invitation(invitation, by=stranger)
    browser_of(stranger).post(TEAMS, {"move": "accept", "invitation": invitation.pk})
    assert not Membership.objects.filter(user=stranger).exists()


def test_an_invitation_is_used_once_and_expires(team, participant, stranger):
    workflow.invite_to_team(team, stranger.email, by=participant)
    invitation = TeamInvitation.objects.get()
    TeamInvitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(ValidationError):
        workflow.accept_team_invitation(invitation, by=stranger)
    workflow.invite_to_team(team, stranger.email, by=participant)  # replaces the expired one
    invitation = TeamInvitation.objects.get()
    workflow.accept_team_invitation(invitation, by=stranger)
    with pytest.raises(ValidationError):
        workflow.accept_team_invitation(invitation, by=stranger)
    assert Membership.objects.filter(user=stranger).count() == 1


def test_a_colleague_continues_sends_and_corrects_what_is_shared(shared, colleague, participant, browser_of):
    other = browser_of(colleague)
    build.attached(shared, "a.txt", b"words", by=colleague)
    workflow.save(shared.draft, by=colleague, text="We went on.")
    assert gate.shows(other, f"/contributions/mine/{shared.key}/files/", "a.txt")
    assert Attachment.objects.visible_to(colleague).exists()
    workflow.submit(shared, by=colleague, consent=True)
    shared.refresh_from_db()
    assert (shared.state, shared.filer) == ("submitted", participant)
    assert workflow.revise(shared, by=colleague)


def test_each_save_says_to_the_team_who_saved_last(shared, colleague, filer):
    workflow.save(shared.draft, by=colleague, text="We went on.")
    assert Revision.objects.get().saved_by == colleague
    assert gate.shows(filer, answers(shared), "Last saved by <bdi>colleague@example.org</bdi>")


def test_nobody_is_named_to_a_filer_who_writes_alone(filer, participant):
    record = build.draft(build.call(), by=participant)
    workflow.save(record.draft, by=participant, text="Alone.")
    assert gate.hides(filer, answers(record), "Last saved by")


def test_only_what_is_shared_is_seen(shared, team, participant, colleague):
    alone = build.draft(build.call(), by=participant, title="Mine alone")
    assert list(Contribution.objects.filed_by(colleague)) == [shared]
    with pytest.raises(PermissionDenied):
        workflow.save(alone.draft, by=colleague, text="No.")
    workflow.share_with_team(shared, None, by=participant)
    assert not Contribution.objects.filed_by(colleague).exists()
    with pytest.raises(PermissionDenied):
        workflow.save(shared.draft, by=colleague, text="No.")


def test_access_ends_at_once(shared, team, participant, colleague, browser_of):
    other = browser_of(colleague)
    assert other.get(answers(shared)).status_code == 200
    workflow.remove_from_team(Membership.objects.get(user=colleague), by=participant)
    assert other.get(answers(shared)).status_code == 404
    assert gate.hides(other, TEAMS, "participant@example.org")
    for record in (Contribution.objects, Revision.objects):
        assert not record.filed_by(colleague).exists()
    with pytest.raises(PermissionDenied):
        workflow.save(shared.draft, by=colleague, text="No.")


def test_a_filer_who_leaves_loses_what_they_shared_and_keeps_the_rest(shared, participant, colleague, filer):
    alone = build.draft(build.call(), by=participant)
    workflow.remove_from_team(Membership.objects.get(user=participant), by=colleague)
    shared.refresh_from_db()
    assert shared.filer == colleague
    assert list(Contribution.objects.filed_by(participant)) == [alone]
    assert filer.get(answers(shared)).status_code == 404


def test_the_last_member_takes_everything_along(shared, team, participant, colleague):
    workflow.remove_from_team(Membership.objects.get(user=colleague), by=colleague)
    workflow.remove_from_team(Membership.objects.get(user=participant), by=participant)
    shared.refresh_from_db()
    assert (shared.filer, shared.team) == (participant, None)
    assert not Team.objects.exists()


def test_strangers_change_nothing_in_a_team(shared, team, stranger, browser_of, participant):
    browser = browser_of(stranger)
    membership = Membership.objects.get(user=participant)
    workflow.invite_to_team(team, "new@example.org", by=participant)
    invitation = TeamInvitation.objects.get()
    for fields in (
        {"move": "invite", "team": team.pk, "address": "x@example.org"},
        {"move": "remove", "membership": membership.pk},
        {"move": "revoke", "invitation": invitation.pk},
        {"move": "_render"},
        {"move": "remove", "membership": "9" * 40},
    ):
        assert browser.post(TEAMS, fields).status_code == 302
    assert team.memberships.count() == 2
    assert team.invitations.count() == 1
    with pytest.raises(PermissionDenied):
        workflow.share_with_team(shared, team, by=stranger)
    assert browser.get(f"/contributions/mine/{shared.key}/share/").status_code == 404


def test_a_colleague_does_not_share_on(shared, colleague, browser_of):
    assert browser_of(colleague).get(f"/contributions/mine/{shared.key}/share/").status_code == 404
    with pytest.raises(PermissionDenied):
        workflow.share_with_team(shared, None, by=colleague)


def test_the_log_names_no_member(team):
    entries = Transition.objects.filter(verb="join")
    assert {entry.actor for entry in entries} == {None}
    assert "example.org" not in str([entry.facts for entry in entries])


def test_a_wrong_address_is_said_and_kept(filer, team):
    answer = filer.post(TEAMS, {"move": "invite", "team": team.pk, "address": "nobody"})
    assert answer.status_code == 422
    assert 'value="nobody"' in answer.content.decode()


def test_expired_invitations_are_deleted(team, participant):
    workflow.invite_to_team(team, "new@example.org", by=participant)
    workflow.delete_expired(timezone.now() + timedelta(days=13))
    assert TeamInvitation.objects.exists()
    workflow.delete_expired(timezone.now() + timedelta(days=15))
    assert not TeamInvitation.objects.exists()
