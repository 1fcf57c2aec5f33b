from datetime import timedelta

from django.db.models import Count, F, Q, QuerySet

KEPT_DAYS = 30  # days after which a batch goes, whatever became of it


class BatchQuerySet(QuerySet):
    """Reads batches."""

    def over(self, now):
        """Those whose time is over."""
        return self.filter(created_at__lt=now - timedelta(days=KEPT_DAYS))

    def working(self):
        """Those of which something was asked for and is not there yet."""
        return self.filter(rows__state="waiting").distinct()

    def stalled(self, before):
        """Those that should work and where nothing has moved since: their worker died."""
        return self.working().filter(moved_at__lt=before)

    def with_counts(self):
        """Each with `row_count` and `done_count`."""
        done = Count("rows", filter=Q(rows__state="done"))
        return self.annotate(row_count=Count("rows"), done_count=done, open_count=F("row_count") - F("done_count"))


class BatchRowQuerySet(QuerySet):
    """Reads rows of batches."""

    def undone(self):
        return self.exclude(state="done")

    def waiting(self):
        return self.filter(state="waiting")
