"""What befalls a letter in the queue, one committed step at a time.

A step is taken only from where the letter was seen to be: two workers never hold one letter. From `claim` on until the
outcome is recorded nobody else touches it, so that a process which dies in between leaves it for people to decide.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from .delivery import brief, spoken
from .models import Letter, Outage, State

# A letter that was refused for now goes again after so long, the last value over and over.
LETTER_DELAYS = [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1),
                 timedelta(hours=4), timedelta(hours=6)]  # fmt: skip
# A server that is down is asked for all letters at once, so soon that a sign-in code still comes in time.
OUTAGE_DELAYS = [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=5)]
GIVEN_UP_AFTER = timedelta(days=3)


def claim(letter):
    """Take a due letter for this process; return whether it was still there to be taken.

    The claim has to be on the disk before the server hears of the letter: raises RuntimeError inside a transaction.
    """
    now = timezone.now()
    with transaction.atomic(durable=True):
        taken = Letter.objects.waiting().filter(pk=letter.pk, due_at=letter.due_at)
        count = taken.update(state=State.SENDING, attempts=F("attempts") + 1, claimed_at=now)
    letter.claimed_at, letter.attempts = now, letter.attempts + 1
    return count == 1


def settle(letter, outcome):
    """Record how a claimed letter fared; return when it is due again, or None. Call it in a transaction."""
    ours = Letter.objects.filter(pk=letter.pk, claimed_at=letter.claimed_at)
    if not outcome.down:
        Outage.objects.all().delete()
    if outcome.state == State.SENT:  # whatever was thought of it meanwhile
        ours.update(state=State.SENT, sent_at=timezone.now(), content=None, error=outcome.error)
        return None
    ours = ours.filter(state__in=[State.SENDING, State.UNCLEAR])
    due_at = timezone.now() + LETTER_DELAYS[min(letter.attempts, len(LETTER_DELAYS)) - 1]
    if outcome.state != State.WAITING:
        ours.update(state=outcome.state, error=outcome.error)
    elif due_at > letter.queued_at + GIVEN_UP_AFTER:
        ours.update(state=State.FAILED, content=without(letter, outcome.through), error=outcome.error)
    else:
        ours.update(state=State.WAITING, content=without(letter, outcome.through), error=outcome.error, due_at=due_at)
        return due_at
    return None


def without(letter, through):
    """The content of a letter for those who are still to get it."""
    kinds = ("to", "cc", "bcc")
    return letter.content | {
        kind: [one for one in letter.content[kind] if spoken(one) not in through] for kind in kinds
    }


def hold(error):
    """Leave a server that is down alone for a while; return until when. What waited for days is given up.

    Call it in a transaction.
    """
    now = timezone.now()
    outage, _ = Outage.objects.get_or_create(pk=1, defaults={"attempts": 0, "retry_at": now, "error": ""})
    outage.attempts += 1
    outage.retry_at = now + OUTAGE_DELAYS[min(outage.attempts, len(OUTAGE_DELAYS)) - 1]
    outage.error = error if isinstance(error, str) else brief(error)
    outage.save()
    old = Letter.objects.waiting().filter(queued_at__lt=now - GIVEN_UP_AFTER)
    old.update(state=State.FAILED, error=outage.error)
    return outage.retry_at


def sweep():
    """Give letters in the middle of whose sending a process died to people; return how many."""
    return Letter.objects.abandoned().update(state=State.UNCLEAR, error="the process died while it was sent")
