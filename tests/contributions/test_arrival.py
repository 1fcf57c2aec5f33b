from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from contributions import workflow
from contributions.arrival import arrival_sentences
from contributions.models import Contribution, Revision
from contributions.screening.doubts import doubts_of
from contributions.views import sending
from documents.workflow import on_disk
from tests import build, files, gate

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(participant):
    return build.contribution(by=participant, state="submitted")


def sentences(record):
    return arrival_sentences(Contribution.objects.get(pk=record.pk).newest)


def test_a_punctual_submission_needs_no_remark(record):
    assert sentences(record) == []


def test_a_late_correction_is_not_told_as_a_late_submission(record, participant, clock):
    clock(record.call.closes_at + timedelta(days=1))
    workflow.revise(record, by=participant)
    workflow.submit(record, by=participant, consent=True)
    assert sentences(record) == ["Sent in time; corrected after the call had closed."]


def test_a_late_submission_stays_late_when_it_is_corrected(record, participant, clock):
    late = record.call.closes_at + timedelta(days=1)
    Revision.objects.update(sent_at=late)
    assert sentences(record) == ["Sent after the call had closed."]
    clock(late + timedelta(days=1))
    workflow.revise(record, by=participant)
    workflow.submit(record, by=participant, consent=True)
    assert sentences(record) == ["Sent after the call had closed."]


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (None, "The day on which it was received is not recorded."),
        (-1, "Received on %s, before the call closed."),
        (0, "Received on %s, the day on which the call closed."),
        (1, "Received on %s, after the call had closed."),
    ],
)
def test_an_import_is_told_as_such_and_its_day_is_compared(record, days, sentence):
    Contribution.objects.update(is_imported=True)
    last_day = timezone.localdate(record.call.closes_at)
    day = None if days is None else last_day + timedelta(days=days)
    Revision.objects.update(received_on=day, sent_at=record.call.closes_at + timedelta(days=9))
    first, second = sentences(record)
    assert first == "Imported by staff."
    assert second == (sentence if day is None else sentence % f"{day:%-d %B %Y}")


def test_the_day_is_written_in_full(record):
    Contribution.objects.update(is_imported=True)
    Revision.objects.update(received_on=date(2020, 2, 3))
    assert sentences(record)[1] == "Received on 3 February 2020, before the call closed."


def test_a_contribution_in_the_time_that_was_granted_is_not_late(record, participant, secretary):
    late = record.call.closes_at + timedelta(days=1)
    until = late + timedelta(days=1)
    record.call.invitations.create(organization_name="Open Door", contribution=record, late_until=until)
    Revision.objects.update(sent_at=late)
    (sentence,) = sentences(record)
    assert sentence.startswith("Sent in the time that was granted, until ")
    Revision.objects.update(sent_at=until)
    assert sentences(record) == ["Sent after the call had closed."]


def test_a_contribution_that_was_held_in_time_is_not_late(record):
    Revision.objects.update(sent_at=record.call.closes_at + timedelta(hours=1))
    assert sentences(record) == ["Sent after the call had closed."]
    Revision.objects.update(held_since=record.call.closes_at - timedelta(minutes=1))
    assert sentences(record) == []


@pytest.fixture
def brought_in(secretary):
    """Return a contribution that staff brought in after the call had closed, with the day on which they received it."""

    def make(received_on):
        call = build.call(opens=-40, closes=-10)
        record = build.contribution(call, state="submitted", received_on=received_on)
        Contribution.objects.update(is_imported=True)
        record.refresh_from_db()
        return record

    return make


def bring_in_again(record, by, received_on):
    with on_disk(files.upload("b.txt", b"other words")) as document, transaction.atomic():
        fields = {"language": "en", "received_on": received_on, "title": "Second"}
        workflow.import_correction(record, document, by=by, reason="Again.", **fields)
    record.refresh_from_db()
    return record.newest


def test_a_late_correction_of_an_import_does_not_make_it_late(brought_in, secretary):
    today = timezone.localdate()
    record = brought_in(today - timedelta(days=20))
    newest = bring_in_again(record, secretary, today)
    assert (newest.title, newest.received_on) == ("Second", today - timedelta(days=20))
    assert sentences(record)[1].endswith("before the call closed.")


@pytest.mark.parametrize(("days", "is_kept"), [(20, True), (0, False)])
def test_a_missing_day_is_filled_in_only_by_one_before_the_call_closed(brought_in, secretary, days, is_kept):
    day = timezone.localdate() - timedelta(days=days)
    newest = bring_in_again(brought_in(None), secretary, day)
    assert newest.received_on == (day if is_kept else None)


def test_staff_can_still_correct_a_day_that_was_written_wrongly(brought_in, secretary):
    today = timezone.localdate()
    record = brought_in(today - timedelta(days=20))
    workflow.correct(record, workflow.Correction("Wrong day.", {"received_on": today}), by=secretary)
    assert sentences(record)[-1].endswith("after the call had closed.")


def test_lists_and_exports_show_when_it_first_came(record, participant, office, clock):
    first = record.submitted_at
    clock(record.call.closes_at + timedelta(days=1))
    build.correction(record, by=participant)
    record.refresh_from_db()
    assert record.submitted_at == record.arrived == first
    shown = date_format(timezone.localtime(first), "SHORT_DATETIME_FORMAT")
    assert record.newest.sent_at > record.call.closes_at
    assert gate.shows(office, "/admin/contributions/contribution/", shown)
    exported = office.get("/admin/contributions/contribution/export.csv").content.decode()
    assert f"{timezone.localtime(first):%Y-%m-%d %H:%M}" in exported


def test_lists_show_the_day_on_which_staff_received_it(brought_in, office):
    record = brought_in(date(2024, 2, 3))
    assert record.arrived == date(2024, 2, 3)
    shown = date_format(date(2024, 2, 3), "SHORT_DATE_FORMAT")
    assert gate.shows(office, "/admin/contributions/contribution/", "3 February 2024")
    assert "2024-02-03" in office.get("/admin/contributions/contribution/export.csv").content.decode()
    assert gate.shows(office, f"/desk/dialogues/{record.call.dialogue_id}/contributions/", shown)


def test_the_receipt_of_a_correction_says_when_the_contribution_first_came(record, participant, filer, clock):
    build.correction(record, by=participant)
    page = filer.get(f"/contributions/mine/{record.key}/receipt/").content.decode()
    assert "First arrived" in page
    assert "First arrived" not in filer.get(f"/contributions/mine/{record.key}/receipt/1/").content.decode()


def test_a_submission_that_arrives_before_the_hour_is_in_time_if_checks_are_slow(
    filer, participant, clock, monkeypatch
):
    draft = build.draft(build.call(), by=participant)
    before = draft.call.closes_at - timedelta(seconds=1)

    def slow_check(revision):
        clock(draft.call.closes_at + timedelta(seconds=20))
        return doubts_of(revision)

    monkeypatch.setattr(sending, "doubts_of", slow_check)
    clock(before)
    filer.post(f"/contributions/mine/{draft.key}/check/", {"consent": "on", "send": "1"})
    record = Contribution.objects.get()
    assert (record.state, record.submitted_at, record.newest.sent_at) == ("submitted", before, before)
    assert arrival_sentences(record.newest) == []


def test_a_submission_that_arrives_after_the_hour_is_late_however_fast_it_is_checked(filer, participant, clock):
    draft = build.draft(build.call(), by=participant)
    clock(draft.call.closes_at)
    filer.post(f"/contributions/mine/{draft.key}/check/", {"consent": "on", "send": "1"})
    assert Contribution.objects.get().state == "draft"
