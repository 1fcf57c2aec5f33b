from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.db.models import F

from mail.models import Outage, OutgoingEmail
from mail.queue import QueueBackend

from .server import MailServer


@pytest.fixture(autouse=True)
def queued(settings):
    """Mail goes the portal's way, which the test runner replaces by a box of its own, and tasks wait for a worker."""
    settings.EMAIL_BACKEND = "mail.queue.QueueBackend"
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": [],
                                  "ENQUEUE_ON_COMMIT": False}}  # fmt: skip


@pytest.fixture
def server(settings):
    """A mail server to which letters go."""
    settings.EMAIL_DELIVERY_BACKEND = "mail.delivery.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 0.5
    with MailServer() as running:
        settings.EMAIL_PORT = running.port
        yield running


@pytest.fixture
def patience(monkeypatch):
    """What is seconds for a server's last word is less in a test."""
    monkeypatch.setattr("mail.delivery.FINAL_REPLY_TIMEOUT", 0.5)


@pytest.fixture
def queue():
    """A function that queues letters numbered so, and returns their rows."""

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
    """A function that lets letters, claims and outages be that much older."""

    def wait(**span):
        span = timedelta(**span)
        OutgoingEmail.objects.update(
            queued_at=F("queued_at") - span, due_at=F("due_at") - span, claimed_at=F("claimed_at") - span
        )
        Outage.objects.update(retry_at=F("retry_at") - span, began_at=F("began_at") - span)

    return wait


@pytest.fixture
def state_of():
    """A function that tells a letter's state, attempts and error as they are stored."""

    def look(letter):
        letter.refresh_from_db()
        return letter.state, letter.attempts, letter.error

    return look
