"""Letters about what a team shares go to each who may change it, separately, and to nobody who left."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from contributions import reminders, workflow
from contributions.models import Call, CallLetter, Contribution, Membership, Reminder
from contributions.workflow.letters import recipients_of
from tests import build

pytestmark = pytest.mark.django_db

MEMBERS = ["colleague@example.org", "participant@example.org"]


@pytest.fixture
def participant():
    return build.reachable_user("participant@example.org")


@pytest.fixture
def team(participant):
    made = workflow.make_team("Open Door", by=participant)
    for name in ("colleague", "gone"):
        Membership.objects.create(team=made, user=build.reachable_user(f"{name}@example.org"))
    workflow.remove_from_team(made.memberships.get(user__email="gone@example.org"), by=participant)
    return made


@pytest.fixture
def shared(participant, team):
    record = build.draft(build.call(), by=participant)
    workflow.share_with_team(record, team, by=participant)
    record.refresh_from_db()
    mail.outbox.clear()
    return record


def readers():
    """Return the one address of each letter, in order, and forget the letters."""
    assert all(len(letter.recipients()) == 1 for letter in mail.outbox)
    found = sorted(letter.to[0] for letter in mail.outbox)
    mail.outbox.clear()
    return found


def test_receipts_and_decisions_reach_each_member_in_a_letter_of_their_own(shared, participant):
    workflow.submit(shared, by=participant, consent=True)
    assert readers() == MEMBERS
    workflow.request_changes(shared, by=None, note="Leave the name out.")
    bodies = [letter.body for letter in mail.outbox]
    assert all("Leave the name out." in body for body in bodies)
    assert not any(address in body for body in bodies for address in MEMBERS)
    assert readers() == MEMBERS
    workflow.withdraw(shared, by=None)
    assert readers() == MEMBERS


def test_only_the_filer_is_written_to_about_what_is_not_shared(shared, participant):
    workflow.share_with_team(shared, None, by=participant)
    workflow.submit(shared, by=participant, consent=True)
    assert readers() == ["participant@example.org"]


def test_a_member_who_leaves_hears_no_more(shared, participant, team):
    workflow.remove_from_team(team.memberships.get(user__email="colleague@example.org"), by=participant)
    workflow.submit(shared, by=participant, consent=True)
    assert readers() == ["participant@example.org"]


def test_a_closed_account_gets_no_letter(shared, participant):
    type(participant).objects.filter(email="colleague@example.org").update(is_active=False)
    workflow.submit(shared, by=participant, consent=True)
    assert readers() == ["participant@example.org"]


def test_each_member_is_reminded_once(shared):
    soon = timezone.now() + timedelta(hours=20)
    Call.objects.filter(pk=shared.call_id).update(closes_at=soon)
    Contribution.objects.update(created_at=timezone.now() - timedelta(days=9))
    assert reminders.send_due() == 2
    assert readers() == MEMBERS
    assert Reminder.objects.count() == 2
    assert reminders.send_due() == 0


def test_the_answer_to_a_request_for_time_reaches_each_member(shared, participant, secretary):
    Call.objects.filter(pk=shared.call_id).update(closes_at=timezone.now() - timedelta(hours=1))
    shared.call.refresh_from_db()
    words = {"organization_name": "Open Door", "reason": "No power."}
    request = workflow.ask_for_time(shared.call, by=participant, contribution=shared, **words)
    workflow.grant_time(request, by=secretary, until=timezone.now() + timedelta(days=2))
    assert readers() == MEMBERS


def test_a_person_who_asks_for_time_without_a_draft_is_answered_alone(team, participant, secretary):
    call = build.call(closes_at=timezone.now() - timedelta(hours=1))
    mail.outbox.clear()
    request = workflow.ask_for_time(call, by=participant, organization_name="Open Door", reason="No power.")
    workflow.decline_time(request, by=secretary, answer="The report is written.")
    assert readers() == ["participant@example.org"]


def test_letters_of_staff_to_filers_count_each_member_once(shared, participant):
    assert {user.email for user in recipients_of(shared.call, ["draft"])} == set(MEMBERS)
    assert workflow.recipient_counts(shared.call)["draft"] == 2
    letter = CallLetter(call=shared.call, states=["draft"], subject="A question", body="Please send it.")
    assert workflow.language_counts(letter) == {"en": 2}
