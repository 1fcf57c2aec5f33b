from datetime import timedelta
from typing import Any, Self

from django.db.models import QuerySet
from django.utils import timezone

from .letter import Letter

LATE_AFTER = timedelta(minutes=15)  # past the time at which an email was due
CLAIM_TIMEOUT = timedelta(minutes=10)  # longer than a server may take for one email
KEEP_FOR = timedelta(days=30)  # rows of email that is finished


class OutgoingEmailQuerySet(QuerySet[Any]):
    """Reads the queue of outgoing email."""

    def waiting(self) -> Self:
        """Return those that are to be sent, now or later."""
        return self.filter(state="waiting")

    def due(self) -> Self:
        """Return those to be sent now: email to one person before email to many, then the oldest first."""
        return self.waiting().filter(due_at__lte=timezone.now()).order_by("in_bulk", "due_at", "pk")

    def late(self) -> Self:
        """Return those that should have been sent long ago. Email that the server deferred is not late."""
        return self.waiting().filter(due_at__lt=timezone.now() - LATE_AFTER)

    def abandoned(self) -> Self:
        """Return those whose process died during delivery. They may have been sent."""
        return self.filter(state="sending", claimed_at__lt=timezone.now() - CLAIM_TIMEOUT)

    def unclear(self) -> Self:
        """Return those that may have been sent."""
        return self.filter(state="unclear")

    def failed(self) -> Self:
        """Return those that could not be sent."""
        return self.filter(state="failed")

    def undecided(self) -> Self:
        """Return those for which staff have to decide whether to send them again."""
        return self.unclear() | self.failed()

    def expired(self) -> Self:
        """Return those that were finished or left undecided so long ago that their rows can be deleted."""
        return self.exclude(state__in=["waiting", "sending"]).filter(queued_at__lt=timezone.now() - KEEP_FOR)


class OutageQuerySet(QuerySet[Any]):
    """Reads outages of the mail server. There is at most one."""

    def active(self) -> Self:
        """Return the outage during which the server is not tried yet."""
        return self.filter(retry_at__gt=timezone.now())

    def ended(self) -> Self:
        """Return the outage after which the server can be tried again."""
        return self.filter(retry_at__lte=timezone.now())


class LetterTextQuerySet(QuerySet[Any]):
    """Reads the words that staff wrote for letters."""

    def of(self, letter: Letter) -> Self:
        """Return the words for one kind of letter, in all languages that have some."""
        return self.filter(letter=letter.name)
