"""The email backend turns a message into a row of the queue."""

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.db import transaction
from django_tasks import default_task_backend
from django_tasks_db.models import DBTaskResult

from mail.backend import QueuedBackend
from mail.models import Letter
from mail.tasks import deliver_due

pytestmark = pytest.mark.django_db


def test_a_letter_arrives_as_it_was_written():
    send_mail("Subject", "Grüße\n\naus Wien", "portal@example.org", ["a@example.org", "b@example.org"])
    deliver_due.call()
    (arrived,) = mail.outbox
    assert (arrived.subject, arrived.body, arrived.from_email) == ("Subject", "Grüße\n\naus Wien", "portal@example.org")
    assert arrived.to == ["a@example.org", "b@example.org"]


def test_each_message_is_queued_and_one_task_sends_all(queue):
    queue(1, 2)
    assert (Letter.objects.count(), DBTaskResult.objects.count()) == (2, 1)
    assert QueuedBackend().send_messages([]) == 0
    assert QueuedBackend().send_messages([EmailMessage("To nobody", "Body")]) == 0
    assert DBTaskResult.objects.count() == 1
    deliver_due.call()
    assert [sent.to for sent in mail.outbox] == [["to-1@example.org"], ["to-2@example.org"]]


def test_a_request_only_queues_and_the_task_contains_no_content(queue):
    queue(1)
    assert mail.outbox == []
    task = DBTaskResult.objects.get()
    assert (task.task_path, task.args_kwargs) == ("mail.tasks.deliver_due", {"args": [], "kwargs": {}})


def test_sign_in_codes_have_priority_over_other_tasks(queue):
    queue(1)
    assert DBTaskResult.objects.get().priority == deliver_due.priority == 50
    assert default_task_backend.supports_priority


def test_rolled_back_email_is_never_sent(queue):
    with transaction.atomic():
        queue(1)
        assert (Letter.objects.count(), DBTaskResult.objects.count()) == (1, 1)
        transaction.set_rollback(True)
    assert not Letter.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_bcc_recipients_get_the_email_and_stay_hidden(queue, server):
    queue(1, cc=["open@example.org"], bcc=["hidden@example.org"], reply_to=["desk@example.org"])
    deliver_due.call()
    (to, message), = server.took  # fmt: skip
    assert to == ["to-1@example.org", "open@example.org", "hidden@example.org"]
    assert (message["To"], message["Cc"], message["Reply-To"]) == (
        "to-1@example.org", "open@example.org", "desk@example.org")  # fmt: skip
    assert "hidden" not in message.as_string()


def test_email_keeps_its_own_message_id_and_headers(queue, server):
    (letter,) = queue(1, headers={"List-Unsubscribe": "<https://x.example/>", "Message-ID": "<mine@x>"})
    deliver_due.call()
    assert server.ids() == [letter.message_id]
    assert letter.message_id.endswith("@example.org>")
    assert server.took[0][1]["List-Unsubscribe"] == "<https://x.example/>"


@pytest.mark.parametrize("fields", [{"subject": "Hi\nBcc: x@example.org"}, {"headers": {"X-A": "b\nBcc: c@d.org"}},
                                    {"to": ["a@example.org\nBcc: c@d.org"]}])  # fmt: skip
def test_headers_cannot_be_injected(fields):
    message = EmailMessage(**{"subject": "Hi", "body": "", "to": ["a@example.org"], **fields})
    with pytest.raises(ValueError, match="Header values"):
        message.send()
    assert not Letter.objects.exists()


def test_attachment_is_refused_rather_than_lost():
    message = EmailMessage("Hi", "", to=["a@example.org"], attachments=[("a.txt", "a", "text/plain")])
    with pytest.raises(ValueError, match="put a link"):
        message.send()


def test_only_the_plain_text_alternative_is_sent():
    message = EmailMultiAlternatives("Hi", "Plain", to=["a@example.org"])
    message.attach_alternative("<b>Rich</b>", "text/html")
    message.send()
    deliver_due.call()
    assert mail.outbox[0].body == "Plain"
    assert "Rich" not in mail.outbox[0].message().as_string()
