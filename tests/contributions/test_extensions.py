"""After the hour: the draft is kept, its filer asks for more time, and staff grant or decline it with a letter."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from contributions import workflow
from contributions.models import Call, Contribution, ExtensionRequest, Invitation
from publishing.models import Transition
from tests import build, gate

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed():
    return build.call(opens=-10, closes=-1)


@pytest.fixture
def draft(closed, participant):
    return build.draft(closed, by=participant)


def ask(record, by):
    words = {"organization_name": "Open Door", "reason": "The line broke."}
    return workflow.ask_for_time(record.call, by=by, contribution=record, **words)


def letters():
    return [letter.subject for letter in mail.outbox]


def days(number):
    return timezone.now() + timedelta(days=number)


def test_the_step_after_the_hour_says_that_nothing_is_lost_and_leads_to_the_request(filer, draft):
    address = f"/contributions/mine/{draft.key}/more-time/"
    assert gate.shows(filer, f"/contributions/mine/{draft.key}/check/", "Nothing is lost", address)
    assert gate.shows(filer, "/contributions/mine/", address)
    assert gate.shows(filer, address, "This call is closed", "Ask for more time", "your draft is kept")
    answer = filer.post(f"/contributions/mine/{draft.key}/check/", {"send": "1", "consent": "on"})
    assert answer.status_code == 422
    assert "you can ask for more time" in answer.content.decode()


def test_an_open_call_takes_no_requests(filer, participant):
    record = build.draft(build.call(), by=participant)
    assert "more-time" not in filer.get(f"/contributions/mine/{record.key}/check/").content.decode()
    with pytest.raises(ValidationError):
        ask(record, participant)


@pytest.mark.parametrize(("days", "takes"), [(29, True), (30, False)])
def test_requests_are_taken_for_thirty_days(client, days, takes):
    call = build.call(opens=-90, closes=-days)
    assert call.takes_requests is takes
    assert ("Ask for more time" in client.get(call.get_absolute_url()).content.decode()) is takes


def test_a_request_reaches_the_desk_and_its_draft_stays_unread(filer, office, draft):
    address = f"/contributions/mine/{draft.key}/more-time/"
    words = {"organization_name": "Open Door", "reason": "The line broke."}
    assert filer.post(address, words).status_code == 302
    assert filer.post(address, words).status_code == 302  # a second click
    request = ExtensionRequest.objects.get()
    assert gate.shows(filer, address, "You have asked for more time")
    page = f"/desk/more-time/{request.pk}/"
    assert gate.shows(office, "/desk/", "Requests for more time", page)
    assert gate.shows(office, page, "The line broke.", "participant@example.org")
    assert gate.hides(office, page, "Our account.")


def test_a_request_without_a_reason_keeps_what_was_typed(filer, draft):
    answer = filer.post(f"/contributions/mine/{draft.key}/more-time/", {"organization_name": "Typed House"})
    assert answer.status_code == 422
    assert "Typed House" in answer.content.decode()
    assert not ExtensionRequest.objects.exists()
    assert "Say why you need more time, and how much." in answer.content.decode()
    nothing = filer.post(f"/contributions/mine/{draft.key}/more-time/", {}).content.decode()
    assert "Enter the organization’s name." in nothing
    assert "This field is required" not in nothing


def test_granted_time_lets_this_draft_in_and_no_other(office, draft, participant, stranger):
    other = build.draft(draft.call, by=stranger)
    request = ask(draft, participant)
    until = timezone.localtime(days(2)).strftime("%Y-%m-%dT%H:%M")
    office.post(f"/desk/more-time/{request.pk}/", {"grant": "1", "until": until, "answer": "Good luck."})
    assert letters() == ["You have more time"]
    assert "Good luck." in mail.outbox[-1].body
    with pytest.raises(ValidationError):
        workflow.submit(other, by=stranger, consent=True)
    workflow.submit(draft, by=participant, consent=True)
    assert Contribution.objects.get(pk=draft.pk).state == "submitted"
    entry = Transition.objects.get(verb="grant_extension")
    assert entry.record == draft.call
    assert "participant" not in str([entry.facts, entry.note])


def test_granted_time_ends(draft, participant, secretary, clock):
    workflow.grant_time(ask(draft, participant), by=secretary, until=days(1))
    clock(days(1) + timedelta(minutes=1))
    with pytest.raises(ValidationError):
        workflow.submit(draft, by=participant, consent=True)


def test_somebody_without_a_draft_gets_a_link_to_begin(closed, participant, filer, secretary):
    page = f"{closed.get_absolute_url()}more-time/"
    assert gate.shows(filer, page, "Ask for more time")
    filer.post(page, {"organization_name": "Open Door", "reason": "We heard of it today."})
    workflow.grant_time(ExtensionRequest.objects.get(), by=secretary, until=days(1))
    invitation = Invitation.objects.get()
    assert invitation.get_absolute_url() in mail.outbox[-1].body
    record = workflow.redeem_invitation(invitation, by=participant)
    assert record.can_be_submitted


def test_a_declined_request_is_answered_by_letter_and_can_be_repeated_twice(draft, participant, secretary, filer):
    for _time in range(3):
        request = ask(draft, participant)
        with pytest.raises(ValidationError):
            workflow.decline_time(request, by=secretary, answer=" ")
        workflow.decline_time(request, by=secretary, answer="It is too late for all.")
    assert letters() == ["More time is not possible"] * 3
    assert gate.shows(filer, f"/contributions/mine/{draft.key}/more-time/", "It is too late for all.")
    with pytest.raises(ValidationError):
        ask(draft, participant)


def test_a_request_is_answered_once(draft, participant, secretary):
    request = ask(draft, participant)
    workflow.decline_time(request, by=secretary, answer="No.")
    with pytest.raises(workflow.WrongStateError):
        workflow.grant_time(request, by=secretary, until=days(1))
    assert len(letters()) == 1


def test_only_those_who_may_invite_answer(draft, participant, reviewer, desk):
    request = ask(draft, participant)
    with pytest.raises(PermissionDenied):
        workflow.grant_time(request, by=reviewer, until=days(1))
    assert desk.get(f"/desk/more-time/{request.pk}/").status_code == 403
    assert "Requests for more time" not in desk.get("/desk/").content.decode()


def test_only_the_filer_asks_for_a_draft(draft, stranger, browser_of):
    with pytest.raises(PermissionDenied):
        ask(draft, stranger)
    assert browser_of(stranger).get(f"/contributions/mine/{draft.key}/more-time/").status_code == 404


def test_a_hidden_call_reveals_nothing(participant, filer):
    call = build.call(opens=-10, closes=-1)
    address = f"{call.get_absolute_url()}more-time/"
    Call.objects.update(published_at=None)
    assert filer.get(address).status_code == 404


def test_time_that_has_passed_is_not_granted(office, draft, participant):
    request = ask(draft, participant)
    answer = office.post(f"/desk/more-time/{request.pk}/", {"grant": "1", "until": "2020-01-01T10:00", "answer": "x"})
    assert answer.status_code == 422
    answer = office.post(f"/desk/more-time/{request.pk}/", {"grant": "1", "answer": "Typed words"})
    assert "Typed words" in answer.content.decode()
    assert ExtensionRequest.objects.get().is_waiting
