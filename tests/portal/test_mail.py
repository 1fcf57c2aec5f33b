import pytest
from django.core import mail
from django.core.mail import EmailMessage, send_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django_tasks import default_task_backend
from django_tasks_db.models import DBTaskResult

from portal.mail import QueuedBackend
from portal.tasks import deliver

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def queued(settings):
    """Mail goes the portal's way, which the test runner replaces by a box of its own."""
    settings.EMAIL_BACKEND = "portal.mail.QueuedBackend"


@pytest.fixture
def in_the_database(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": [],
                                  "ENQUEUE_ON_COMMIT": False}}  # fmt: skip


def letter(number=1, **fields):
    return EmailMessage(f"Subject {number}", "Body", "portal@example.org", [f"to-{number}@example.org"], **fields)


def test_a_letter_arrives_as_it_was_written():
    send_mail("Subject", "Grüße\n\naus Wien", "portal@example.org", ["a@example.org", "b@example.org"])
    arrived = mail.outbox[0]
    assert (arrived.subject, arrived.body, arrived.from_email) == ("Subject", "Grüße\n\naus Wien", "portal@example.org")
    assert arrived.to == ["a@example.org", "b@example.org"]


def test_each_letter_is_a_task_of_its_own():
    assert QueuedBackend().send_messages([letter(1), letter(2)]) == 2
    assert [sent.to for sent in mail.outbox] == [["to-1@example.org"], ["to-2@example.org"]]
    assert QueuedBackend().send_messages([]) == 0


def test_a_letter_to_hidden_recipients_reaches_them():
    QueuedBackend().send_messages([letter(bcc=["hidden@example.org"])])
    assert mail.outbox[0].recipients() == ["to-1@example.org", "hidden@example.org"]


def test_a_request_only_queues(in_the_database):
    QueuedBackend().send_messages([letter()])
    assert mail.outbox == []
    task = DBTaskResult.objects.get()
    assert task.task_path == "portal.tasks.deliver"
    assert task.args_kwargs["kwargs"]["recipients"] == ["to-1@example.org"]


def test_a_code_comes_before_other_work(in_the_database):
    QueuedBackend().send_messages([letter()])
    assert DBTaskResult.objects.get().priority == deliver.priority == 50
    assert default_task_backend.supports_priority


def test_what_is_rolled_back_is_never_sent(in_the_database):
    with transaction.atomic():
        QueuedBackend().send_messages([letter()])
        assert DBTaskResult.objects.count() == 1
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()


class DeadServer(BaseEmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("no one there")


def test_a_dead_mail_server_stops_no_request(settings):
    settings.EMAIL_DELIVERY_BACKEND = f"{__name__}.DeadServer"
    assert QueuedBackend().send_messages([letter()]) == 1


def test_a_subject_can_not_carry_another_header():
    with pytest.raises(ValueError, match="Header values"):
        deliver.call(subject="Hi\nBcc: x@example.org", body="", sender="a@example.org", recipients=["b@example.org"])
