import pytest

from mail import queue as steps
from mail.models import Letter, Outage
from mail.tasks import drain

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("minutes", "late"), [(0, False), (14, False), (16, True)])
def test_email_is_late_after_fifteen_minutes(minutes, late, queue, pass_time):
    queue(1)
    pass_time(minutes=minutes)
    assert Letter.objects.late().exists() is late


def test_deferred_email_is_not_late_but_one_waiting_for_a_dead_server_is(queue, server, pass_time):
    (put_off,) = queue(1)
    server.behaves = {"rcpt": "451 later"}
    for minutes in (2, 6, 16, 20):
        drain(most=10)
        pass_time(minutes=minutes)
    put_off.refresh_from_db()
    assert (put_off.attempts, list(Letter.objects.late())) == (4, [])
    server.behaves = {"greeting": "drop"}
    (waits,) = queue(2)
    drain(most=10)
    pass_time(minutes=16)
    drain(most=10)
    assert list(Letter.objects.late()) == [waits]


def test_sent_email_is_never_late(queue, server, pass_time):
    queue(1)
    drain(most=10)
    pass_time(days=1)
    assert not Letter.objects.late().exists()


def test_due_emails_are_those_that_can_be_sent_now(queue, pass_time):
    later, now = queue(1, 2)
    steps.claim(later)
    assert list(Letter.objects.due()) == [now]
    assert list(Letter.objects.waiting()) == [now]


def test_outage_lasts_until_its_end(queue, server, pass_time):
    queue(1)
    server.behaves = {"greeting": "drop"}
    drain(most=10)
    assert Outage.objects.holding().exists()
    pass_time(minutes=1)
    assert not Outage.objects.holding().exists()
