"""The mail queue over time: order, retries during an outage, and rows left by dead workers."""

import threading
import time

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mail import queue as steps
from mail import tasks, workflow
from mail.delivery import Outcome
from mail.models import Letter, Outage, State
from mail.tasks import deliver_due, drain

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_one_there(server):
    """A port on which nothing listens."""
    server.shutdown()
    server.server_close()


def minutes_until(moment):
    return round((moment - timezone.now()).total_seconds() / 60)


def test_content_is_deleted_once_sent(queue, server):
    (letter,) = queue(1)
    deliver_due.call()
    row = Letter.objects.values().get()
    assert {**row, "queued_at": 0, "due_at": 0, "claimed_at": 0} == {
        "id": letter.pk, "message_id": letter.message_id, "content": None, "in_bulk": False, "state": "sent",
        "attempts": 1, "queued_at": 0, "due_at": 0, "claimed_at": 0, "sent_at": row["sent_at"], "error": "",
    }  # fmt: skip
    assert row["sent_at"] >= row["claimed_at"] >= row["queued_at"]
    deliver_due.call()
    assert len(server.took) == 1


def test_sign_in_codes_are_sent_before_bulk_email(queue, server):
    many = queue(1, headers={"List-Unsubscribe": "<https://x.example/>"})
    one = queue(2)
    deliver_due.call()
    assert server.ids() == [one[0].message_id, many[0].message_id]


def test_temporary_refusals_back_off_and_end_after_three_days(queue, server, state_of, pass_time):
    (letter,) = queue(1)
    server.behaves = {"rcpt": "451 later"}
    waits = []
    while state_of(letter)[0] == "waiting":
        drain(most=10)
        drain(most=10)  # it is not due yet
        letter.refresh_from_db()
        if letter.state == "waiting":
            waits.append(minutes_until(letter.due_at))
            assert DBTaskResult.objects.filter(run_after=letter.due_at).count() == 1
            pass_time(minutes=waits[-1] + 1)
    assert waits == [1, 5, 15, 60, 240, *[360] * 11]
    assert state_of(letter) == ("failed", len(waits) + 1, "recipients refused: 451")
    assert sum(waits) < 3 * 24 * 60
    assert letter.content["body"] == "Body"


def test_dead_server_is_tried_once_for_all_emails(queue, no_one_there, state_of):
    letters = queue(*range(50))
    drain(most=100)
    assert {state_of(letter) for letter in letters} == {("waiting", 0, "")}
    outage = Outage.objects.get()
    assert (outage.attempts, outage.error) == (1, "ConnectionRefusedError: Connection refused")
    assert DBTaskResult.objects.filter(run_after=outage.retry_at).count() == 1


def test_stalled_server_delays_only_one_email(queue, server, state_of):
    queue(*range(20))
    server.behaves = {"mail": "stall"}
    began = time.monotonic()
    drain(most=100)
    assert 0.5 <= time.monotonic() - began < 1.5
    assert (server.connections, Letter.objects.filter(attempts=0).count()) == (1, 19)


def test_new_emails_do_not_try_the_server_during_an_outage(queue, server, pass_time):
    server.behaves = {"greeting": "421 busy"}
    queue(1)
    waits = []
    for _ in range(5):
        deliver_due.call()
        queue(2)
        deliver_due.call()
        waits.append(minutes_until(Outage.objects.get().retry_at))
        pass_time(minutes=waits[-1])
    assert waits == [1, 2, 5, 5, 5]
    assert server.connections == 5


def test_all_emails_are_sent_once_the_server_is_back(queue, server, pass_time):
    letters = queue(*range(30))
    server.behaves = {"greeting": "421 busy"}
    deliver_due.call()
    server.behaves = {}
    deliver_due.call()
    assert server.took == []
    pass_time(minutes=1)
    deliver_due.call()
    assert server.ids() == [letter.message_id for letter in letters]
    assert not Outage.objects.exists()
    assert server.connections == 2


def test_outage_without_waiting_emails_is_deleted(queue, server, pass_time, patience):
    queue(1)
    server.behaves = {"end": "stall"}
    deliver_due.call()
    drain(most=10)
    assert Outage.objects.exists()
    pass_time(minutes=1)
    deliver_due.call()
    assert not Outage.objects.exists()


def test_email_that_breaks_the_connection_does_not_block_the_queue(queue, server, state_of, pass_time):
    letters = queue(1, 2)
    server.behaves = {("rcpt", "to-1@example.org"): "drop"}
    deliver_due.call()
    pass_time(seconds=59)
    deliver_due.call()
    assert server.connections == 1
    pass_time(seconds=2)
    deliver_due.call()
    assert [state_of(letter)[0] for letter in letters] == ["waiting", "sent"]


def test_email_is_given_up_and_kept_after_three_days_of_outage(queue, no_one_there, state_of, pass_time):
    (old,) = queue(1)
    pass_time(days=3, minutes=1)
    (new,) = queue(2)
    drain(most=10)
    assert state_of(old) == ("failed", 0, "ConnectionRefusedError: Connection refused")
    assert old.content["body"] == "Body"
    assert state_of(new) == ("waiting", 0, "")


def test_long_queue_is_sent_in_batches(queue, server, monkeypatch):
    monkeypatch.setattr(tasks, "MOST_AT_ONCE", 3)
    queue(*range(7))
    for sent, asked in [(3, 2), (6, 3), (7, 3)]:
        deliver_due.call()
        assert (len(server.took), DBTaskResult.objects.count()) == (sent, asked)


def test_email_claimed_by_a_dead_process_is_not_resent_automatically(queue, server, state_of, pass_time):
    (letter,) = queue(1)
    assert steps.claim(letter)
    pass_time(minutes=9)
    drain(most=10)
    assert state_of(letter)[0] == "sending"
    pass_time(minutes=2)
    drain(most=10)
    assert state_of(letter) == ("unclear", 1, "the process died while it was sent")
    pass_time(days=40)
    drain(most=10)
    assert state_of(letter)[0] == "unclear"
    assert server.took == []


def test_email_is_claimed_once_and_only_if_unchanged(queue, pass_time):
    (letter,) = queue(1)
    again = Letter.objects.get()
    assert steps.claim(letter)
    assert not steps.claim(again)
    steps.settle(letter, Outcome(State.WAITING))
    Letter.objects.update(due_at=timezone.now())
    assert not steps.claim(again)  # its recipients may have changed since
    assert steps.claim(Letter.objects.get())


def test_slow_process_still_records_the_result(queue, state_of, pass_time):
    sent, refused, decided, retaken = queue(1, 2, 3, 4)
    for letter in (sent, refused, decided, retaken):
        steps.claim(letter)
    Letter.objects.update(state="unclear")
    workflow.leave(Letter.objects.filter(pk=decided.pk))
    workflow.send_again(Letter.objects.filter(pk=retaken.pk))
    assert steps.claim(Letter.objects.get(pk=retaken.pk))
    for letter, state in [(sent, "sent"), (refused, "failed"), (decided, "failed"), (retaken, "sent")]:
        steps.settle(letter, Outcome(State(state)))
    states = [state_of(letter)[0] for letter in (sent, refused, decided, retaken)]
    assert states == ["sent", "failed", "left", "sending"]


def test_nothing_is_sent_inside_a_transaction(queue, server):
    queue(1)
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        drain(most=10)
    assert server.took == []


def test_retry_is_scheduled_without_a_deferring_task_backend(queue, server, state_of, settings):
    (letter,) = queue(1)
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    server.behaves = {"rcpt": "451 later"}
    drain(most=10)
    assert state_of(letter)[0] == "waiting"


@pytest.mark.django_db(transaction=True)
def test_four_concurrent_workers_send_each_email_once(queue, server):
    letters = queue(*range(40))
    server.slow = 0.005
    went = []

    def work():
        try:
            went.append(drain(most=100))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(server.ids()) == sorted(letter.message_id for letter in letters)
    assert set(Letter.objects.values_list("state", "attempts")) == {("sent", 1)}
    assert len(went) == 4
    assert server.connections > 1
