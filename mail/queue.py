"""The queue of outgoing email: how messages get into it, and what staff do with those that failed.

`tasks` and `delivery` send them.
"""

from collections.abc import Sequence
from email.utils import formatdate, make_msgid, parseaddr

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from .models import OutgoingEmail, State
from .querysets import OutgoingEmailQuerySet
from .tasks import deliver_due

OWN_HEADERS = {"message-id", "date"}  # set here and nowhere else
BULK_HEADERS = {"list-unsubscribe", "precedence"}


class QueueBackend(BaseEmailBackend):
    """The email backend of the portal: a request writes a row and never waits for a mail server."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue each message in the current transaction, and return how many were queued."""
        return enqueue(email_messages)


@transaction.atomic
def enqueue(messages: Sequence[EmailMessage]) -> int:
    """Write messages to the queue, start a task that delivers them, and return how many there are.

    Only the plain text of a message is kept. Raises ValueError for a message that cannot be sent: one with a file
    attached or with a line break in a header.
    """
    emails = [_row_for(message) for message in messages if message.recipients()]
    if emails:
        OutgoingEmail.objects.bulk_create(emails)
        deliver_due.enqueue()
    return len(emails)


def _row_for(message: EmailMessage) -> OutgoingEmail:
    if message.attachments:
        raise ValueError("Queued email holds text only. Link to the file instead.")
    message.message()  # raises ValueError here rather than in the worker
    headers = {name: str(value) for name, value in message.extra_headers.items() if name.lower() not in OWN_HEADERS}
    if message.reply_to:
        headers.setdefault("Reply-To", ", ".join(message.reply_to))
    domain = parseaddr(message.from_email)[1].rpartition("@")[2] or "localhost"
    return OutgoingEmail(
        message_id=make_msgid(domain=domain),
        in_bulk=any(name.lower() in BULK_HEADERS for name in headers),
        content={
            "subject": str(message.subject),
            "body": str(message.body),
            "sender": message.from_email,
            "headers": headers | {"Date": formatdate()},
            **{kind: [str(address) for address in getattr(message, kind)] for kind in ("to", "cc", "bcc")},
        },
    )


@transaction.atomic
def resend(emails: OutgoingEmailQuerySet) -> int:
    """Queue again those that failed or may have been sent, and return how many. Others do not change."""
    now = timezone.now()
    count = emails.undecided().update(state=State.WAITING, attempts=0, queued_at=now, due_at=now, error="")
    if count:
        deliver_due.enqueue()
    return count


def discard(emails: OutgoingEmailQuerySet) -> int:
    """Empty those that failed or may have been sent, and return how many. Others do not change."""
    return emails.undecided().update(state=State.DISCARDED, content=None)


def purge() -> int:
    """Delete the rows of email that was sent, discarded or left undecided long ago, and return how many."""
    return OutgoingEmail.objects.expired().delete()[0]
