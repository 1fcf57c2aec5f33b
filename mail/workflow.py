"""What is done with letters by those who write them and by staff. How they leave is in `queue.py` and `tasks.py`."""

from email.utils import formatdate, make_msgid, parseaddr

from django.db import transaction
from django.utils import timezone

from .models import Letter, State
from .tasks import deliver_due

OURS = {"message-id", "date"}
BULK = "list-unsubscribe"


@transaction.atomic
def queue(messages):
    """Write letters to the queue and ask for their delivery, both or neither; return how many.

    Raises ValueError for a message that can't go: a header with a line break, a file. Only its plain text is kept.
    """
    letters = [letter_of(message) for message in messages if message.recipients()]
    if letters:
        Letter.objects.bulk_create(letters)
        deliver_due.enqueue()
    return len(letters)


def letter_of(message):
    """The row for a message, with the ID and the date that it keeps whenever it goes."""
    if message.attachments:
        raise ValueError("A letter holds text alone: put a link to the file into it.")
    message.message()  # raises for what could not be written later
    headers = {name: str(value) for name, value in message.extra_headers.items() if name.lower() not in OURS}
    if message.reply_to:
        headers.setdefault("Reply-To", ", ".join(message.reply_to))
    domain = parseaddr(message.from_email)[1].rpartition("@")[2] or "localhost"
    return Letter(
        message_id=make_msgid(domain=domain),
        in_bulk=any(name.lower() == BULK for name in headers),
        content={
            "subject": str(message.subject),
            "body": str(message.body),
            "sender": message.from_email,
            "headers": headers | {"Date": formatdate()},
            **{kind: [str(address) for address in getattr(message, kind)] for kind in ("to", "cc", "bcc")},
        },
    )


@transaction.atomic
def send_again(letters):
    """Queue letters anew that failed or may have been sent; return how many. Others stay as they are."""
    now = timezone.now()
    again = letters.undecided().update(state=State.WAITING, attempts=0, queued_at=now, due_at=now, error="")
    if again:
        deliver_due.enqueue()
    return again


def leave(letters):
    """Forget letters that failed or may have been sent; return how many. Others stay as they are."""
    return letters.undecided().update(state=State.LEFT, content=None)


def purge():
    """Delete the rows of letters that were done with long ago, or that nobody decided about; return how many."""
    return Letter.objects.outlived().delete()[0]
