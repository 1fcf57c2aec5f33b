from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

LATE = timedelta(minutes=15)  # that a letter may be due before the mail is called late
CLAIM_TIMEOUT = timedelta(minutes=10)  # longer than a server may take for one letter
KEPT = timedelta(days=30)  # rows of letters that are done with


class LetterQuerySet(QuerySet):
    """Reads letters."""

    def waiting(self):
        return self.filter(state="waiting")

    def due(self):
        """Letters that may go now: those for which somebody waits before those to many, then the oldest."""
        return self.waiting().filter(due_at__lte=timezone.now()).order_by("in_bulk", "due_at", "pk")

    def late(self):
        """Letters that nobody sends: the worker rests or the server is down. One put off by the server is not late."""
        return self.waiting().filter(due_at__lt=timezone.now() - LATE)

    def abandoned(self):
        """Letters in the middle of whose sending a process died: whether the server took them nobody knows."""
        return self.filter(state="sending", claimed_at__lt=timezone.now() - CLAIM_TIMEOUT)

    def unclear(self):
        return self.filter(state="unclear")

    def failed(self):
        return self.filter(state="failed")

    def undecided(self):
        """Letters that wait for a person to say whether they go again."""
        return self.unclear() | self.failed()

    def outlived(self):
        """Letters done with, or that staff decided nothing about, for so long that they are to be forgotten."""
        return self.exclude(state__in=["waiting", "sending"]).filter(queued_at__lt=timezone.now() - KEPT)


class OutageQuerySet(QuerySet):
    """Reads outages of the mail server; there is one at most."""

    def holding(self):
        """The outage during which the server is left alone for now."""
        return self.filter(retry_at__gt=timezone.now())

    def over(self):
        """The outage after which the server may be asked again."""
        return self.filter(retry_at__lte=timezone.now())
