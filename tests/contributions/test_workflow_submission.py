"""workflow.submit: what it requires, the closing time, references, all or nothing."""

import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from contributions import workflow
from contributions.models import Call, Contribution, Revision
from contributions.workflow import moves, submission
from publishing.models import Transition
from tests import build, files

pytestmark = pytest.mark.django_db


def sent(to, **fields):
    return build.contribution(to, state="submitted", **fields)


@pytest.mark.parametrize("field", ["organization_name", "title", "text"])
@pytest.mark.parametrize("value", ["", "   "])
def test_only_a_complete_draft_is_submitted(participant, field, value):
    draft = build.draft(build.call(), by=participant, **{field: value})
    with pytest.raises(ValidationError) as refusal:
        workflow.submit(draft, by=participant, consent=True)
    assert list(refusal.value.message_dict) == [field]
    assert Contribution.objects.get().state == "draft"
    assert mail.outbox == []


def test_a_file_replaces_the_text(participant):
    draft = build.draft(build.call(), by=participant, text="")
    workflow.attach(draft.draft, files.upload("a.txt", b"words"), by=participant, language="en")
    workflow.submit(draft, by=participant, consent=True)
    assert Contribution.objects.get().state == "submitted"


def test_nothing_is_submitted_without_consent(participant):
    draft = build.draft(build.call(), by=participant)
    with pytest.raises(ValidationError) as refusal:
        workflow.submit(draft, by=participant, consent=False)
    assert list(refusal.value.message_dict) == ["consent"]
    assert Revision.objects.get().consented_at is None


def test_all_errors_are_reported_at_once(participant):
    draft = workflow.begin(build.call(), by=participant)
    with pytest.raises(ValidationError) as refusal:
        workflow.submit(draft, by=participant, consent=False)
    assert set(refusal.value.message_dict) == {"organization_name", "title", "text", "consent"}


def test_submitting_records_the_time_and_the_consent(participant, clock):
    draft = build.draft(build.call(), by=participant)
    moment = timezone.now()
    clock(moment)
    workflow.submit(draft, by=participant, consent=True)
    stored, revision = Contribution.objects.get(), Revision.objects.get()
    assert (stored.submitted_at, revision.sent_at, revision.consented_at) == (moment, moment, moment)
    assert stored.newest == revision


def test_the_last_moment_is_in_time(participant, clock):
    draft = build.draft(build.call(), by=participant)
    clock(draft.call.closes_at - timedelta(microseconds=1))
    workflow.submit(draft, by=participant, consent=True)
    assert Contribution.objects.get().state == "submitted"


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=1)])
def test_the_closing_time_itself_is_late(participant, clock, late):
    draft = build.draft(build.call(), by=participant)
    clock(draft.call.closes_at + late)
    with pytest.raises(ValidationError, match=r"This call is closed\. Your draft is kept"):
        workflow.submit(draft, by=participant, consent=True)
    assert Contribution.objects.get().state == "draft"
    assert mail.outbox == []


@pytest.mark.parametrize(("early", "is_open"), [(timedelta(0), True), (timedelta(microseconds=1), False)])
def test_the_opening_time_itself_is_in_time(clock, early, is_open):
    call = build.call()
    clock(call.opens_at - early)
    assert call.is_open is is_open
    assert Call.objects.open().exists() is is_open


def test_a_draft_for_an_unpublished_call_is_kept(participant):
    draft = build.draft(build.call(public=False), by=participant)
    with pytest.raises(ValidationError, match="This call is closed"):
        workflow.submit(draft, by=participant, consent=True)
    assert Contribution.objects.get().state == "draft"


@pytest.mark.parametrize("state", ["submitted", "returned", "accepted", "published"])
def test_a_submission_may_be_corrected_late_and_keeps_its_reference(participant, clock, state):
    record = build.contribution(by=participant, state=state)
    reference = record.reference
    clock(record.call.closes_at + timedelta(days=9))
    workflow.revise(record, by=participant)
    workflow.submit(record, by=participant, consent=True)
    stored = Contribution.objects.get()
    assert (stored.state, stored.reference) == ("submitted", reference)
    assert stored.newest.sent_at >= record.call.closes_at


def test_a_command_is_not_bound_to_the_closing_time(clock):
    draft = build.draft(build.call())
    clock(draft.call.closes_at + timedelta(days=1))
    workflow.submit(draft, by=None, consent=True)
    assert draft.state == "submitted"


@pytest.mark.parametrize("change", [{"closes": -0.5}, {"opens": 0.5}, {"public": False}])
def test_no_draft_is_begun_for_a_call_that_is_not_open(participant, change):
    with pytest.raises(ValidationError, match="This call is not open"):
        workflow.begin(build.call(**change), by=participant)
    assert not Contribution.objects.exists()


def test_a_reference_names_the_series_and_the_year_and_counts_nothing():
    smuggling, later = build.dialogue(series=build.series("SOM")), build.dialogue(starts_on=date(2025, 1, 1))
    calls = [build.call(), build.call(smuggling), build.call(later), build.call()]
    references = [sent(call).reference for call in calls]
    assert [reference[:9] for reference in references] == ["TIP-2024-", "SOM-2024-", "TIP-2025-", "TIP-2024-"]
    assert all(re.fullmatch(r"[BCDFGHJKMNPQRSTVWXYZ]{6}", reference[9:]) for reference in references)
    assert len({reference[9:] for reference in references}) == 4


def test_a_reference_is_not_given_again(monkeypatch):
    letters = iter("BBBBBB" + "BBBBBB" + "CCCCCC")
    monkeypatch.setattr(submission, "secrets", SimpleNamespace(choice=lambda choices: next(letters)))
    call = build.call()
    withdrawn = build.contribution(call, state="withdrawn")
    assert (withdrawn.reference, sent(call).reference) == ("TIP-2024-BBBBBB", "TIP-2024-CCCCCC")


def test_without_a_date_the_year_is_that_of_the_closing_time_in_vienna():
    call = build.call(build.dialogue(starts_on=None), closes=1)
    call.opens_at, call.closes_at = datetime(2030, 1, 1, tzinfo=UTC), datetime(2030, 12, 31, 23, 30, tzinfo=UTC)
    call.save()
    assert sent(call).reference.startswith("TIP-2031-")


@pytest.mark.parametrize("victim", ["log", "email"])
def test_a_failure_in_the_middle_leaves_the_draft_as_it_was(participant, monkeypatch, victim):
    draft = build.draft(build.call(), by=participant)

    def fail(*args, **kwargs):
        raise RuntimeError("the power is out")

    monkeypatch.setattr(moves, "log" if victim == "log" else "send_email", fail)
    with pytest.raises(RuntimeError):
        workflow.submit(draft, by=participant, consent=True)
    stored = Contribution.objects.get()
    assert (stored.state, stored.reference, stored.submitted_at) == ("draft", None, None)
    assert (draft.state, draft.reference, draft.submitted_at) == ("draft", None, None)
    assert Revision.objects.values_list("sent_at", "receipt_code", "sent_files").get() == (None, None, [])
    assert not Transition.objects.filter(verb="submit").exists()
    assert mail.outbox == []


def test_after_a_failure_the_same_draft_can_be_submitted(participant, monkeypatch):
    draft = build.draft(build.call(), by=participant)
    with monkeypatch.context() as patch:
        patch.setattr(moves, "send_email", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            workflow.submit(draft, by=participant, consent=True)
    workflow.submit(draft, by=participant, consent=True)
    assert Contribution.objects.get().reference


def test_submitting_twice_gives_one_reference_and_one_receipt(participant):
    draft = build.draft(build.call(), by=participant)
    first, second = Contribution.objects.get(pk=draft.pk), Contribution.objects.get(pk=draft.pk)
    workflow.submit(first, by=participant, consent=True)
    with pytest.raises(workflow.WrongStateError):
        workflow.submit(second, by=participant, consent=True)
    assert Contribution.objects.get().reference == first.reference
    assert len(mail.outbox) == 1
