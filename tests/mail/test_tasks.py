"""The queue over time: order, retries, outages and interrupted deliveries."""

import threading
import time

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mail import queue as mail_queue
from mail import tasks
from mail.delivery import Outcome
from mail.models import Outage, OutgoingEmail, State
from mail.tasks import deliver_due, drain

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_one_there(server):
    """A port on which nothing listens."""
    server.shutdown()
    server.server_close()


def minutes_until(moment):
    return round((moment - timezone.now()).total_seconds() / 60)


def test_a_sent_email_has_no_content(queue, server):
    (email,) = queue(1)
    deliver_due.call()
    row = OutgoingEmail.objects.values().get()
    assert {**row, "queued_at": 0, "due_at": 0, "claimed_at": 0} == {
        "id": email.pk, "message_id": email.message_id, "content": None, "in_bulk": False, "state": "sent",
        "attempts": 1, "queued_at": 0, "due_at": 0, "claimed_at": 0, "sent_at": row["sent_at"], "error": "",
    }  # fmt: skip
    assert row["sent_at"] >= row["claimed_at"] >= row["queued_at"]
    deliver_due.call()
    assert len(server.took) == 1


def test_individual_email_is_sent_before_bulk_email(queue, server):
    many = queue(1, headers={"List-Unsubscribe": "<https://x.example/>"})
    one = queue(2)
    deliver_due.call()
    assert server.ids() == [one[0].message_id, many[0].message_id]


def test_a_temporarily_refused_email_is_retried_for_three_days(queue, server, state_of, pass_time):
    (email,) = queue(1)
    server.behaves = {"rcpt": "451 later"}
    waits = []
    while state_of(email)[0] == "waiting":
        drain(limit=10)
        drain(limit=10)  # it is not due, so nothing happens
        email.refresh_from_db()
        if email.state == "waiting":
            waits.append(minutes_until(email.due_at))
            assert DBTaskResult.objects.filter(run_after=email.due_at).count() == 1
            pass_time(minutes=waits[-1] + 1)
    assert waits == [1, 5, 15, 60, 240, *[360] * 11]
    assert state_of(email) == ("failed", len(waits) + 1, "recipients refused: 451")
    assert sum(waits) < 3 * 24 * 60
    assert email.content["body"] == "Body"


def test_a_dead_server_is_tried_once_for_all_email(queue, no_one_there, state_of):
    emails = queue(*range(50))
    drain(limit=100)
    assert {state_of(email) for email in emails} == {("waiting", 0, "")}
    outage = Outage.objects.get()
    assert (outage.attempts, outage.error) == (1, "ConnectionRefusedError: Connection refused")
    assert DBTaskResult.objects.filter(run_after=outage.retry_at).count() == 1


def test_a_stalled_server_costs_the_timeout_of_one_email(queue, server, state_of, short_timeout):
    queue(*range(20))
    server.behaves = {"mail": "stall"}
    began = time.monotonic()
    drain(limit=100)
    assert time.monotonic() - began >= 0.5
    assert (server.connections, OutgoingEmail.objects.filter(attempts=0).count()) == (1, 19)


def test_new_email_does_not_try_the_server_during_an_outage(queue, server, pass_time):
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


def test_all_email_is_sent_when_the_server_is_back(queue, server, pass_time):
    emails = queue(*range(30))
    server.behaves = {"greeting": "421 busy"}
    deliver_due.call()
    server.behaves = {}
    deliver_due.call()
    assert server.took == []
    pass_time(minutes=1)
    deliver_due.call()
    assert server.ids() == [email.message_id for email in emails]
    assert not Outage.objects.exists()
    assert server.connections == 2


def test_an_outage_is_deleted_when_no_email_waits(queue, server, pass_time, short_timeout):
    queue(1)
    server.behaves = {"end": "stall"}
    deliver_due.call()
    drain(limit=10)
    assert Outage.objects.exists()
    pass_time(minutes=1)
    deliver_due.call()
    assert not Outage.objects.exists()


def test_an_email_that_breaks_the_connection_does_not_block_the_others(queue, server, state_of, pass_time):
    emails = queue(1, 2)
    server.behaves = {("rcpt", "to-1@example.org"): "drop"}
    deliver_due.call()
    pass_time(seconds=59)
    deliver_due.call()
    assert server.connections == 1
    pass_time(seconds=2)
    deliver_due.call()
    assert [state_of(email)[0] for email in emails] == ["waiting", "sent"]


def test_email_that_waited_three_days_for_a_dead_server_fails_and_is_kept(queue, no_one_there, state_of, pass_time):
    (old,) = queue(1)
    pass_time(days=3, minutes=1)
    (new,) = queue(2)
    drain(limit=10)
    assert state_of(old) == ("failed", 0, "ConnectionRefusedError: Connection refused")
    assert old.content["body"] == "Body"
    assert state_of(new) == ("waiting", 0, "")


def test_a_long_queue_is_delivered_in_batches(queue, server, monkeypatch):
    monkeypatch.setattr(tasks, "BATCH_SIZE", 3)
    queue(*range(7))
    for sent, asked in [(3, 2), (6, 3), (7, 3)]:
        deliver_due.call()
        assert (len(server.took), DBTaskResult.objects.count()) == (sent, asked)


def test_an_interrupted_email_is_never_resent_automatically(queue, server, state_of, pass_time):
    (email,) = queue(1)
    assert tasks.claim(email)
    pass_time(minutes=9)
    drain(limit=10)
    assert state_of(email)[0] == "sending"
    pass_time(minutes=2)
    drain(limit=10)
    assert state_of(email) == ("unclear", 1, "the process died while it was sent")
    pass_time(days=40)
    drain(limit=10)
    assert state_of(email)[0] == "unclear"
    assert server.took == []


def test_an_email_is_claimed_once_and_only_as_it_was_read(queue, pass_time):
    (email,) = queue(1)
    again = OutgoingEmail.objects.get()
    assert tasks.claim(email)
    assert not tasks.claim(again)
    tasks.write_outcome(email, Outcome(State.WAITING))
    OutgoingEmail.objects.update(due_at=timezone.now())
    assert not tasks.claim(again)  # its recipients may have changed since
    assert tasks.claim(OutgoingEmail.objects.get())


def test_a_slow_process_still_records_the_outcome_of_its_email(queue, state_of, pass_time):
    sent, refused, decided, retaken = queue(1, 2, 3, 4)
    for email in (sent, refused, decided, retaken):
        tasks.claim(email)
    OutgoingEmail.objects.update(state="unclear")
    mail_queue.discard(OutgoingEmail.objects.filter(pk=decided.pk))
    mail_queue.resend(OutgoingEmail.objects.filter(pk=retaken.pk))
    assert tasks.claim(OutgoingEmail.objects.get(pk=retaken.pk))
    for email, state in [(sent, "sent"), (refused, "failed"), (decided, "failed"), (retaken, "sent")]:
        tasks.write_outcome(email, Outcome(State(state)))
    states = [state_of(email)[0] for email in (sent, refused, decided, retaken)]
    assert states == ["sent", "failed", "discarded", "sending"]


def test_nothing_is_sent_inside_a_transaction(queue, server):
    queue(1)
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        drain(limit=10)
    assert server.took == []


def test_email_is_deferred_even_where_tasks_cannot_be(queue, server, state_of, settings):
    (email,) = queue(1)
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
    server.behaves = {"rcpt": "451 later"}
    drain(limit=10)
    assert state_of(email)[0] == "waiting"


@pytest.mark.django_db(transaction=True)
def test_four_concurrent_workers_send_each_email_once(queue, server):
    emails = queue(*range(40))
    server.slow = 0.005
    went = []

    def work():
        try:
            went.append(drain(limit=100))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(server.ids()) == sorted(email.message_id for email in emails)
    assert set(OutgoingEmail.objects.values_list("state", "attempts")) == {("sent", 1)}
    assert len(went) == 4
    assert server.connections > 1
