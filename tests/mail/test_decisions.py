"""What staff decide about letters, and what is forgotten when."""

import pytest
from django.db import IntegrityError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mail import queue as mail_queue
from mail.models import OutgoingEmail, State
from mail.tasks import deliver_due

pytestmark = pytest.mark.django_db

DECIDED = ["failed", "unclear"]


@pytest.fixture
def one_of_each(queue):
    """A letter in each state, by state."""
    letters = dict(zip(State.values, queue(*range(len(State.values))), strict=True))
    for state, letter in letters.items():
        gone = state in ("sent", "discarded")
        OutgoingEmail.objects.filter(pk=letter.pk).update(
            state=state, claimed_at=timezone.now(), sent_at=timezone.now() if state == "sent" else None,
            content=None if gone else letter.content, attempts=3, error="x",
        )  # fmt: skip
    DBTaskResult.objects.all().delete()
    return letters


def states(letters):
    return {state: OutgoingEmail.objects.get(pk=letter.pk).state for state, letter in letters.items()}


def test_only_what_failed_or_may_have_gone_is_sent_again(one_of_each, server):
    assert mail_queue.resend(OutgoingEmail.objects.all()) == 2
    assert states(one_of_each) == {state: "waiting" if state in DECIDED else state for state in State.values}
    letter = OutgoingEmail.objects.get(pk=one_of_each["failed"].pk)
    assert (letter.attempts, letter.error) == (0, "")
    assert DBTaskResult.objects.count() == 1
    deliver_due.call()
    assert set(server.ids()) == {one_of_each[state].message_id for state in (*DECIDED, "waiting")}


def test_only_what_failed_or_may_have_gone_is_left_and_forgotten(one_of_each):
    assert mail_queue.discard(OutgoingEmail.objects.all()) == 2
    assert states(one_of_each) == {state: "discarded" if state in DECIDED else state for state in State.values}
    assert {letter.content for letter in OutgoingEmail.objects.filter(state="discarded")} == {None}
    assert mail_queue.resend(OutgoingEmail.objects.all()) == 0
    assert not DBTaskResult.objects.exists()


def test_a_letter_that_is_sent_again_has_three_days_anew(one_of_each, server, pass_time):
    pass_time(days=9)
    mail_queue.resend(OutgoingEmail.objects.filter(state="failed"))
    server.behaves = {"rcpt": "451 later"}
    deliver_due.call()
    assert OutgoingEmail.objects.get(pk=one_of_each["failed"].pk).state == "waiting"


def test_rows_go_after_a_month_unless_they_are_still_to_be_sent(one_of_each, pass_time):
    pass_time(days=29)
    assert mail_queue.purge() == 0
    pass_time(days=2)
    assert mail_queue.purge() == 4
    assert set(OutgoingEmail.objects.values_list("state", flat=True)) == {"waiting", "sending"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "lost"},
        {"state": "sent", "claimed_at": timezone.now(), "sent_at": timezone.now()},  # its words are still there
        {"state": "discarded"},
        {"content": None},
        {"state": "sent", "content": None, "claimed_at": timezone.now()},
        {"state": "sending"},
    ],
)
def test_the_database_takes_no_letter_that_can_not_be(wrong, queue):
    queue(1)
    with pytest.raises(IntegrityError):
        OutgoingEmail.objects.update(**wrong)


def test_two_letters_never_have_one_id(queue):
    one, two = queue(1, 2)
    with pytest.raises(IntegrityError):
        OutgoingEmail.objects.filter(pk=two.pk).update(message_id=one.message_id)
