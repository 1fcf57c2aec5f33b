"""Decisions of staff about emails, and when their content is deleted."""

import pytest
from django.db import IntegrityError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mail import workflow
from mail.models import Letter, State
from mail.tasks import deliver_due

pytestmark = pytest.mark.django_db

DECIDED = ["failed", "unclear"]


@pytest.fixture
def one_of_each(queue):
    """Return an email in each state, by state."""
    letters = dict(zip(State.values, queue(*range(len(State.values))), strict=True))
    for state, letter in letters.items():
        gone = state in ("sent", "left")
        Letter.objects.filter(pk=letter.pk).update(
            state=state, claimed_at=timezone.now(), sent_at=timezone.now() if state == "sent" else None,
            content=None if gone else letter.content, attempts=3, error="x",
        )  # fmt: skip
    DBTaskResult.objects.all().delete()
    return letters


def states(letters):
    return {state: Letter.objects.get(pk=letter.pk).state for state, letter in letters.items()}


def test_only_failed_or_uncertain_emails_are_sent_again(one_of_each, server):
    assert workflow.send_again(Letter.objects.all()) == 2
    assert states(one_of_each) == {state: "waiting" if state in DECIDED else state for state in State.values}
    letter = Letter.objects.get(pk=one_of_each["failed"].pk)
    assert (letter.attempts, letter.error) == (0, "")
    assert DBTaskResult.objects.count() == 1
    deliver_due.call()
    assert set(server.ids()) == {one_of_each[state].message_id for state in (*DECIDED, "waiting")}


def test_only_failed_or_uncertain_emails_are_dismissed(one_of_each):
    assert workflow.leave(Letter.objects.all()) == 2
    assert states(one_of_each) == {state: "left" if state in DECIDED else state for state in State.values}
    assert {letter.content for letter in Letter.objects.filter(state="left")} == {None}
    assert workflow.send_again(Letter.objects.all()) == 0
    assert not DBTaskResult.objects.exists()


def test_resent_email_has_three_days_again(one_of_each, server, pass_time):
    pass_time(days=9)
    workflow.send_again(Letter.objects.filter(state="failed"))
    server.behaves = {"rcpt": "451 later"}
    deliver_due.call()
    assert Letter.objects.get(pk=one_of_each["failed"].pk).state == "waiting"


def test_rows_are_deleted_after_a_month_unless_unsent(one_of_each, pass_time):
    pass_time(days=29)
    assert workflow.purge() == 0
    pass_time(days=2)
    assert workflow.purge() == 4
    assert set(Letter.objects.values_list("state", flat=True)) == {"waiting", "sending"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "lost"},
        {"state": "sent", "claimed_at": timezone.now(), "sent_at": timezone.now()},  # its content is still stored
        {"state": "left"},
        {"content": None},
        {"state": "sent", "content": None, "claimed_at": timezone.now()},
        {"state": "sending"},
    ],
)
def test_database_rejects_impossible_emails(wrong, queue):
    queue(1)
    with pytest.raises(IntegrityError):
        Letter.objects.update(**wrong)


def test_message_ids_are_unique(queue):
    one, two = queue(1, 2)
    with pytest.raises(IntegrityError):
        Letter.objects.filter(pk=two.pk).update(message_id=one.message_id)
