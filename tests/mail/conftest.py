from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.mail import EmailMessage
from django.db.models import F

from mail.models import Outage, OutgoingEmail
from mail.queue import QueueBackend
from mail.tasks import drain
from tests import build

from .server import MailServer


@pytest.fixture(autouse=True)
def queued(settings):
    """Use the queue, which the test runner replaces with its own outbox, and let tasks wait for a worker."""
    settings.EMAIL_BACKEND = "mail.queue.QueueBackend"
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": [],
                                  "ENQUEUE_ON_COMMIT": False}}  # fmt: skip


@pytest.fixture
def server(settings):
    """A mail server that email is delivered to. No answer of it is late, however loaded the machine is."""
    settings.EMAIL_DELIVERY_BACKEND = "mail.delivery.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 60
    with MailServer() as running:
        settings.EMAIL_PORT = running.port
        yield running


@pytest.fixture
def short_timeout(server, settings, monkeypatch):
    """Shorten the timeouts, for a server that stalls."""
    settings.EMAIL_TIMEOUT = 0.5
    monkeypatch.setattr("mail.delivery.FINAL_REPLY_TIMEOUT", 0.5)


@pytest.fixture
def queue():
    """Return a function that queues an email for each number, and returns the rows."""

    def write(*numbers, **fields):
        QueueBackend().send_messages([
            EmailMessage(f"Subject {number}", "Body", "portal@example.org",
                         **{"to": [f"to-{number}@example.org"], **fields})
            for number in numbers
        ])  # fmt: skip
        return list(OutgoingEmail.objects.order_by("-pk")[: len(numbers)])[::-1]

    return write


@pytest.fixture
def pass_time():
    """Return a function that makes emails, claims and outages older by a time span."""

    def wait(**span):
        span = timedelta(**span)
        OutgoingEmail.objects.update(
            queued_at=F("queued_at") - span, due_at=F("due_at") - span, claimed_at=F("claimed_at") - span
        )
        Outage.objects.update(retry_at=F("retry_at") - span, began_at=F("began_at") - span)

    return wait


@pytest.fixture
def state_of():
    """Return a function that returns the stored state, attempts and error of an email."""

    def look(email):
        email.refresh_from_db()
        return email.state, email.attempts, email.error

    return look


@pytest.fixture
def failed(queue, server):
    """An email that the server refused permanently."""
    (email,) = queue(1, headers={"X-Private": "Hush"})
    server.behaves = {"rcpt": "550 5.1.1 to-1@example.org unknown"}
    drain(limit=10)
    server.behaves = {}
    return email


@pytest.fixture
def postmaster():
    """A user who may see the queue but not the accounts."""
    user = build.user("post@example.org", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_outgoingemail"))
    return user
