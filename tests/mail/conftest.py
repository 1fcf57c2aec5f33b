from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.db.models import F

from mail.backend import QueuedBackend
from mail.models import Letter, Outage

from .server import MailServer


@pytest.fixture(autouse=True)
def queued(settings):
    """Use the portal's own email backend, which the test runner replaces, and leave tasks to a worker."""
    settings.EMAIL_BACKEND = "mail.backend.QueuedBackend"
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": [],
                                  "ENQUEUE_ON_COMMIT": False}}  # fmt: skip


@pytest.fixture
def server(settings):
    """A mail server that emails are delivered to."""
    settings.EMAIL_DELIVERY_BACKEND = "mail.delivery.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 0.5
    with MailServer() as running:
        settings.EMAIL_PORT = running.port
        yield running


@pytest.fixture
def patience(monkeypatch):
    """Shorten the wait for a server's last reply."""
    monkeypatch.setattr("mail.delivery.PATIENCE", 0.5)


@pytest.fixture
def queue():
    """Return a function that queues emails with these numbers and returns their rows."""

    def write(*numbers, **fields):
        QueuedBackend().send_messages([
            EmailMessage(f"Subject {number}", "Body", "portal@example.org",
                         **{"to": [f"to-{number}@example.org"], **fields})
            for number in numbers
        ])  # fmt: skip
        return list(Letter.objects.order_by("-pk")[: len(numbers)])[::-1]

    return write


@pytest.fixture
def pass_time():
    """Return a function that makes emails, claims and outages older by a period."""

    def wait(**span):
        span = timedelta(**span)
        Letter.objects.update(
            queued_at=F("queued_at") - span, due_at=F("due_at") - span, claimed_at=F("claimed_at") - span
        )
        Outage.objects.update(retry_at=F("retry_at") - span, began_at=F("began_at") - span)

    return wait


@pytest.fixture
def state_of():
    """Return a function that reads the stored state, attempts and error of an email."""

    def look(letter):
        letter.refresh_from_db()
        return letter.state, letter.attempts, letter.error

    return look
