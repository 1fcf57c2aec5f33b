import pytest

from mail import tasks
from mail.models import Outage, OutgoingEmail
from mail.tasks import drain

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("minutes", "late"), [(0, False), (14, False), (16, True)])
def test_an_email_is_late_fifteen_minutes_after_it_was_due(minutes, late, queue, pass_time):
    queue(1)
    pass_time(minutes=minutes)
    assert OutgoingEmail.objects.late().exists() is late


def test_deferred_email_is_not_late_but_email_that_waits_for_a_dead_server_is(queue, server, pass_time):
    (put_off,) = queue(1)
    server.behaves = {"rcpt": "451 later"}
    for minutes in (2, 6, 16, 20):
        drain(limit=10)
        pass_time(minutes=minutes)
    put_off.refresh_from_db()
    assert (put_off.attempts, list(OutgoingEmail.objects.late())) == (4, [])
    server.behaves = {"greeting": "drop"}
    (waits,) = queue(2)
    drain(limit=10)
    pass_time(minutes=16)
    drain(limit=10)
    assert list(OutgoingEmail.objects.late()) == [waits]


def test_sent_email_is_never_late(queue, server, pass_time):
    queue(1)
    drain(limit=10)
    pass_time(days=1)
    assert not OutgoingEmail.objects.late().exists()


def test_claimed_email_is_not_due(queue, pass_time):
    later, now = queue(1, 2)
    tasks.claim(later)
    assert list(OutgoingEmail.objects.due()) == [now]
    assert list(OutgoingEmail.objects.waiting()) == [now]


def test_an_outage_is_active_until_its_retry(queue, server, pass_time):
    queue(1)
    server.behaves = {"greeting": "drop"}
    drain(limit=10)
    assert Outage.objects.active().exists()
    pass_time(minutes=1)
    assert not Outage.objects.active().exists()
