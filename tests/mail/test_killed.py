"""Processes killed with SIGKILL at each step of a delivery: no email arrives twice."""

import os
import random
import signal
import time
from functools import wraps

import pytest
from django.db import connection, connections

from mail import tasks
from mail.delivery import DeliveryConnection, TrackingSMTP
from mail.models import OutgoingEmail
from mail.tasks import drain

pytestmark = pytest.mark.django_db(transaction=True)

NUMBER = 5  # emails; the process dies at the third


def start(work):
    """Start a function in another process, and return its id."""
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            connections.close_all()  # the parent keeps its own connection
            work()
        finally:
            os._exit(0)
    return child


def in_a_child(work):
    """Run a function in another process, and return the signal that ended it, or None."""
    _, status = os.waitpid(start(work), 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else None


def dies(place, name, when):
    """Kill this process before or after the third call of a function."""
    usual, calls = getattr(place, name), []

    @wraps(usual)
    def deadly(*args, **kwargs):
        calls.append(name)
        if when == "before" and len(calls) == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        result = usual(*args, **kwargs)
        if when == "after" and len(calls) == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(place, name, deadly)


def drain_until_killed(*, place, name, when):
    dies(place, name, when)
    drain(limit=100)


@pytest.mark.parametrize(
    ("place", "name", "when", "arrived", "state"),
    [
        (tasks, "claim", "before", False, "waiting"),
        (tasks, "claim", "after", False, "sending"),
        (DeliveryConnection, "deliver", "before", False, "sending"),
        (TrackingSMTP, "mail", "after", False, "sending"),
        (TrackingSMTP, "data", "before", False, "sending"),
        (TrackingSMTP, "data", "after", True, "sending"),
        (DeliveryConnection, "deliver", "after", True, "sending"),
        (tasks, "write_outcome", "before", True, "sending"),
        (tasks, "write_outcome", "after", True, "sending"),  # not committed yet
        (tasks, "record_outcome", "after", True, "sent"),
    ],
)
def test_a_kill_between_any_two_steps_sends_nothing_twice(place, name, when, arrived, state, queue, server, pass_time):
    emails = queue(*range(NUMBER))
    assert in_a_child(lambda: drain_until_killed(place=place, name=name, when=when)) == signal.SIGKILL
    settle_down(server)
    third = OutgoingEmail.objects.get(pk=emails[2].pk)
    assert (third.state, third.message_id in server.ids()) == (state, arrived)
    assert in_a_child(lambda: drain(limit=100)) is None
    pass_time(minutes=11)
    assert in_a_child(lambda: drain(limit=100)) is None
    pass_time(days=1)
    assert in_a_child(lambda: drain(limit=100)) is None
    settle_down(server)
    expected = {email.message_id for email in emails} - ({third.message_id} if lost(state, arrived) else set())
    assert sorted(server.ids()) == sorted(expected)
    third.refresh_from_db()
    assert third.state == ("unclear" if state == "sending" else "sent")


def lost(state, arrived):
    """Return whether the email waits for a decision and did not arrive."""
    return state == "sending" and not arrived


def settle_down(server):
    """Wait until the server's threads have recorded what arrived before the kill."""
    took = -1
    while took != len(server.took):
        took = len(server.took)
        time.sleep(0.05)


def kill_one(work, seconds):
    child = start(work)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


@pytest.mark.slow
def test_twenty_kills_at_random_send_nothing_twice_and_lose_nothing(queue, server, pass_time):
    chance = random.Random(5)  # noqa: S311 - not for secrets
    server.slow = 0.003
    queue(*range(400))
    for _ in range(20):
        kill_one(lambda: drain(limit=400), chance.uniform(0.02, 0.15))
    settle_down(server)
    assert 0 < len(server.took) < 400  # the processes were killed during delivery
    pass_time(minutes=11)
    assert in_a_child(lambda: drain(limit=1000)) is None
    settle_down(server)
    ids = server.ids()
    assert len(ids) == len(set(ids))
    states = dict(OutgoingEmail.objects.values_list("message_id", "state"))
    assert set(states.values()) <= {"sent", "unclear"}
    assert {one for one, state in states.items() if state == "sent"} <= set(ids)
    assert 0 < list(states.values()).count("unclear") <= 20


def test_a_request_killed_in_its_transaction_leaves_neither_email_nor_task(queue, server):
    def ask():
        dies(type(tasks.deliver_due), "enqueue", "before")
        for number in range(3):
            queue(number)

    assert in_a_child(ask) == signal.SIGKILL
    assert OutgoingEmail.objects.count() == 2
