"""The queue: what Django's functions write to it, and what staff can do with failed email."""

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import default_task_backend
from django_tasks_db.models import DBTaskResult

from mail import queue as mail_queue
from mail.models import OutgoingEmail, State
from mail.queue import QueueBackend
from mail.tasks import deliver_due

pytestmark = pytest.mark.django_db

UNDECIDED = ["failed", "unclear"]


def test_an_email_arrives_unchanged():
    send_mail("Subject", "Grüße\n\naus Wien", "portal@example.org", ["a@example.org", "b@example.org"])
    deliver_due.call()
    (arrived,) = mail.outbox
    assert (arrived.subject, arrived.body, arrived.from_email) == ("Subject", "Grüße\n\naus Wien", "portal@example.org")
    assert arrived.to == ["a@example.org", "b@example.org"]


def test_each_message_is_a_row_and_one_task_delivers_them_all(queue):
    queue(1, 2)
    assert (OutgoingEmail.objects.count(), DBTaskResult.objects.count()) == (2, 1)
    assert QueueBackend().send_messages([]) == 0
    assert QueueBackend().send_messages([EmailMessage("To nobody", "Body")]) == 0
    assert DBTaskResult.objects.count() == 1
    deliver_due.call()
    assert [sent.to for sent in mail.outbox] == [["to-1@example.org"], ["to-2@example.org"]]


def test_a_request_only_queues_and_the_task_holds_no_content(queue):
    queue(1)
    assert mail.outbox == []
    task = DBTaskResult.objects.get()
    assert (task.task_path, task.args_kwargs) == ("mail.tasks.deliver_due", {"args": [], "kwargs": {}})


def test_delivery_has_priority_over_other_tasks(queue):
    queue(1)
    assert DBTaskResult.objects.get().priority == deliver_due.priority == 50
    assert default_task_backend.supports_priority


def test_email_of_a_rolled_back_transaction_is_never_sent(queue):
    with transaction.atomic():
        queue(1)
        assert (OutgoingEmail.objects.count(), DBTaskResult.objects.count()) == (1, 1)
        transaction.set_rollback(True)
    assert not OutgoingEmail.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_bcc_recipients_stay_hidden_and_get_the_email(queue, server):
    queue(1, cc=["open@example.org"], bcc=["hidden@example.org"], reply_to=["desk@example.org"])
    deliver_due.call()
    (to, message), = server.took  # fmt: skip
    assert to == ["to-1@example.org", "open@example.org", "hidden@example.org"]
    assert (message["To"], message["Cc"], message["Reply-To"]) == (
        "to-1@example.org", "open@example.org", "desk@example.org")  # fmt: skip
    assert "hidden" not in message.as_string()


def test_an_email_keeps_its_headers_but_has_its_own_message_id(queue, server):
    (email,) = queue(1, headers={"List-Unsubscribe": "<https://x.example/>", "Message-ID": "<mine@x>"})
    deliver_due.call()
    assert server.ids() == [email.message_id]
    assert email.message_id.endswith("@example.org>")
    assert server.took[0][1]["List-Unsubscribe"] == "<https://x.example/>"


@pytest.mark.parametrize("fields", [{"subject": "Hi\nBcc: x@example.org"}, {"headers": {"X-A": "b\nBcc: c@d.org"}},
                                    {"to": ["a@example.org\nBcc: c@d.org"]}])  # fmt: skip
def test_header_injection_is_refused(fields):
    message = EmailMessage(**{"subject": "Hi", "body": "", "to": ["a@example.org"], **fields})
    with pytest.raises(ValueError, match="Header values"):
        message.send()
    assert not OutgoingEmail.objects.exists()


def test_attachments_are_refused():
    message = EmailMessage("Hi", "", to=["a@example.org"], attachments=[("a.txt", "a", "text/plain")])
    with pytest.raises(ValueError, match="Link to the file"):
        message.send()


def test_only_the_plain_text_alternative_is_sent():
    message = EmailMultiAlternatives("Hi", "Plain", to=["a@example.org"])
    message.attach_alternative("<b>Rich</b>", "text/html")
    message.send()
    deliver_due.call()
    assert mail.outbox[0].body == "Plain"
    assert "Rich" not in mail.outbox[0].message().as_string()


@pytest.fixture
def one_of_each(queue):
    """An email in each state, by state."""
    emails = dict(zip(State.values, queue(*range(len(State.values))), strict=True))
    for state, email in emails.items():
        gone = state in ("sent", "discarded")
        OutgoingEmail.objects.filter(pk=email.pk).update(
            state=state, claimed_at=timezone.now(), sent_at=timezone.now() if state == "sent" else None,
            content=None if gone else email.content, attempts=3, error="x",
        )  # fmt: skip
    DBTaskResult.objects.all().delete()
    return emails


def states(emails):
    return {state: OutgoingEmail.objects.get(pk=email.pk).state for state, email in emails.items()}


def test_only_failed_and_unclear_email_is_resent(one_of_each, server):
    assert mail_queue.resend(OutgoingEmail.objects.all()) == 2
    assert states(one_of_each) == {state: "waiting" if state in UNDECIDED else state for state in State.values}
    email = OutgoingEmail.objects.get(pk=one_of_each["failed"].pk)
    assert (email.attempts, email.error) == (0, "")
    assert DBTaskResult.objects.count() == 1
    deliver_due.call()
    assert set(server.ids()) == {one_of_each[state].message_id for state in (*UNDECIDED, "waiting")}


def test_only_failed_and_unclear_email_is_discarded(one_of_each):
    assert mail_queue.discard(OutgoingEmail.objects.all()) == 2
    assert states(one_of_each) == {state: "discarded" if state in UNDECIDED else state for state in State.values}
    assert {email.content for email in OutgoingEmail.objects.filter(state="discarded")} == {None}
    assert mail_queue.resend(OutgoingEmail.objects.all()) == 0
    assert not DBTaskResult.objects.exists()


def test_a_resent_email_is_retried_for_three_days_again(one_of_each, server, pass_time):
    pass_time(days=9)
    mail_queue.resend(OutgoingEmail.objects.filter(state="failed"))
    server.behaves = {"rcpt": "451 later"}
    deliver_due.call()
    assert OutgoingEmail.objects.get(pk=one_of_each["failed"].pk).state == "waiting"


def test_rows_are_deleted_after_a_month_unless_they_wait(one_of_each, pass_time):
    pass_time(days=29)
    assert mail_queue.purge() == 0
    pass_time(days=2)
    assert mail_queue.purge() == 4
    assert set(OutgoingEmail.objects.values_list("state", flat=True)) == {"waiting", "sending"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "lost"},
        {"state": "sent", "claimed_at": timezone.now(), "sent_at": timezone.now()},  # its content is still there
        {"state": "discarded"},
        {"content": None},
        {"state": "sent", "content": None, "claimed_at": timezone.now()},
        {"state": "sending"},
    ],
)
def test_the_database_refuses_impossible_states(wrong, queue):
    queue(1)
    with pytest.raises(IntegrityError):
        OutgoingEmail.objects.update(**wrong)


def test_message_ids_are_unique(queue):
    one, two = queue(1, 2)
    with pytest.raises(IntegrityError):
        OutgoingEmail.objects.filter(pk=two.pk).update(message_id=one.message_id)
