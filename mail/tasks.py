"""The delivery of queued email, one committed step at a time.

Each step applies only to a row that is as it was when it was read, so that two workers never hold the same email. From
`claim` until its outcome is recorded, no other process changes it. If the process dies in between, staff decide whether
it is sent again: nothing is ever sent twice.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import default_task_backend, task

from background.lanes import MAIL

from .delivery import DeliveryConnection, Outcome, describe_error, smtp_address
from .models import Outage, OutgoingEmail, State

BATCH_SIZE = 100  # emails in one task, so that a worker that is told to stop does so soon

# How long an email waits after each temporary refusal. The last value repeats.
RETRY_DELAYS = [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1),
                timedelta(hours=4), timedelta(hours=6)]  # fmt: skip
# How long all email waits for a server that is down: so short that a sign-in code still arrives in time.
OUTAGE_DELAYS = [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=5)]
GIVE_UP_AFTER = timedelta(days=3)


@task(queue_name=MAIL, priority=50)  # before other work, because people wait for sign-in codes
def deliver_due() -> None:
    """Deliver a batch of due email, unless the server is known to be down."""
    if not Outage.objects.active().exists() and drain(limit=BATCH_SIZE) == BATCH_SIZE:
        deliver_due.enqueue()


def drain(*, limit: int) -> int:
    """Deliver up to `limit` due emails, one after another, and return how many were tried.

    Stops when the server is down. Raises RuntimeError inside a transaction.
    """
    mark_interrupted()
    with DeliveryConnection() as connection:
        for count in range(limit):
            email = OutgoingEmail.objects.due().first()
            if email is None:
                Outage.objects.ended().delete()  # no email waits for the server any more
                return count
            if not _is_open(connection):
                return count
            if claim(email):
                outcome = connection.deliver(email)
                record_outcome(email, outcome)
                if outcome.is_down:
                    pause_delivery(outcome.error)
                    return count
    return limit


def _is_open(connection: DeliveryConnection) -> bool:
    """Return whether the server can be reached. If not, delivery pauses, and no email loses an attempt."""
    try:
        connection.open()
    except Exception as error:
        connection.close()
        pause_delivery(describe_error(error))
        return False
    return True


def mark_interrupted() -> int:
    """Leave it to staff to decide about email whose delivery was interrupted, and return how many there are."""
    return OutgoingEmail.objects.abandoned().update(state=State.UNCLEAR, error="the process died while it was sent")


def claim(email: OutgoingEmail) -> bool:
    """Claim a due email for this process, and return whether it was still free.

    The claim must be committed before the server is given the email: raises RuntimeError inside a transaction.
    """
    now = timezone.now()
    with transaction.atomic(durable=True):
        free = OutgoingEmail.objects.waiting().filter(pk=email.pk, due_at=email.due_at)
        count = free.update(state=State.SENDING, attempts=F("attempts") + 1, claimed_at=now)
    email.claimed_at, email.attempts = now, email.attempts + 1
    return count == 1


@transaction.atomic(durable=True)
def record_outcome(email: OutgoingEmail, outcome: Outcome) -> None:
    """Record the outcome of a claimed email, and schedule the next attempt if there is one."""
    _schedule(write_outcome(email, outcome))


def write_outcome(email: OutgoingEmail, outcome: Outcome) -> datetime | None:
    """Write the outcome of a claimed email to its row, and return when it is due again, if it is."""
    claimed = OutgoingEmail.objects.filter(pk=email.pk, claimed_at=email.claimed_at)
    if not outcome.is_down:
        Outage.objects.all().delete()
    if outcome.state == State.SENT:  # even if the row was marked as interrupted meanwhile
        claimed.update(state=State.SENT, sent_at=timezone.now(), content=None, error=outcome.error)
        return None
    claimed = claimed.filter(state__in=[State.SENDING, State.UNCLEAR])
    due_at = timezone.now() + RETRY_DELAYS[min(email.attempts, len(RETRY_DELAYS)) - 1]
    if outcome.state != State.WAITING:
        claimed.update(state=outcome.state, error=outcome.error)
        return None
    remaining = _content_without(email, outcome.finished_recipients)
    if due_at > email.queued_at + GIVE_UP_AFTER:
        claimed.update(state=State.FAILED, content=remaining, error=outcome.error)
        return None
    claimed.update(state=State.WAITING, content=remaining, error=outcome.error, due_at=due_at)
    return due_at


def _content_without(email: OutgoingEmail, finished: frozenset[str]) -> dict[str, Any]:
    content = email.content or {}
    kinds = ("to", "cc", "bcc")
    return content | {
        kind: [address for address in content[kind] if smtp_address(address) not in finished] for kind in kinds
    }


@transaction.atomic(durable=True)
def pause_delivery(error: str) -> None:
    """Record an outage of the server, schedule the next attempt, and give up email that has waited for days."""
    now = timezone.now()
    outage, _created = Outage.objects.get_or_create(pk=1, defaults={"attempts": 0, "retry_at": now, "error": ""})
    outage.attempts += 1
    outage.retry_at = now + OUTAGE_DELAYS[min(outage.attempts, len(OUTAGE_DELAYS)) - 1]
    outage.error = error
    outage.save()
    OutgoingEmail.objects.waiting().filter(queued_at__lt=now - GIVE_UP_AFTER).update(state=State.FAILED, error=error)
    _schedule(outage.retry_at)


def _schedule(moment: datetime | None) -> None:
    """Schedule a task for that moment. Where tasks cannot be deferred, `manage.py send_mail` does the work."""
    if moment and default_task_backend.supports_defer:
        deliver_due.using(run_after=moment).enqueue()
