from datetime import datetime, timedelta
from typing import Self

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

KEPT_DAYS = 30  # days after which a batch is deleted, whether or not its rows were imported


class BatchQuerySet(QuerySet):
    """Reads batches."""

    def expired(self, now: datetime) -> Self:
        """Return the batches that are to be deleted."""
        return self.filter(created_at__lt=now - timedelta(days=KEPT_DAYS))

    def in_progress(self) -> Self:
        """Return the batches with rows that wait to be imported."""
        return self.filter(rows__state="waiting").distinct()

    def stalled(self, before: datetime) -> Self:
        """Return the batches in progress that have not moved since `before`, because their worker died."""
        return self.in_progress().filter(moved_at__lt=before)

    def with_counts(self) -> Self:
        """Annotate each batch with `row_count`, `done_count` and whether it `awaits_columns` of its list."""
        done = Count("rows", filter=Q(rows__state="done"))
        awaits = ExpressionWrapper(Q(list__is_applied=False), BooleanField())
        return self.annotate(row_count=Count("rows"), done_count=done, awaits_columns=awaits)


class BatchRowQuerySet(QuerySet):
    """Reads rows of batches."""

    def not_done(self) -> Self:
        """Return the rows that are not imported yet."""
        return self.exclude(state="done")

    def waiting(self) -> Self:
        """Return the rows that wait to be imported."""
        return self.filter(state="waiting")
