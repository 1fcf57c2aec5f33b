from datetime import date, timedelta

import pytest
from django.utils import timezone

from contributions import workflow
from contributions.arrival import arrival_sentences
from contributions.models import Contribution, Revision
from tests import build

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
    assert first == "Brought in by staff."
    assert second == (sentence if day is None else sentence % f"{day:%-d %B %Y}")


def test_the_day_is_written_in_full(record):
    Contribution.objects.update(is_imported=True)
    Revision.objects.update(received_on=date(2020, 2, 3))
    assert sentences(record)[1] == "Received on 3 February 2020, before the call closed."
