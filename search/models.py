from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from subscriptions.models import Subscription


class Effect(models.TextChoices):
    """What a change did to a record that the index may hold."""

    HIDDEN = "hidden"  # it is not public any more
    CHANGED = "changed"  # words of its own changed, or left it
    NEW = "new"  # it is public now, or has more words; nothing left it
    REFRESH = "refresh"  # what it has from its parents changed


# The worker takes these before all others, so that a publication does not wait behind a renamed series.
URGENT = (Effect.HIDDEN, Effect.CHANGED, Effect.NEW)


class IndexJobQuerySet(models.QuerySet["IndexJob"]):
    """Changes that the index does not have yet."""

    def age(self) -> float:
        """Return how many seconds the oldest job has waited; 0 when the index is up to date."""
        oldest = self.order_by("queued_at").values_list("queued_at", flat=True).first()
        return (timezone.now() - oldest).total_seconds() if oldest else 0

    def urgent(self) -> Self:
        """Return the jobs of records that are hidden, changed or new."""
        return self.filter(is_urgent=True)


class IndexJob(models.Model):
    """A record that the index may hold in an outdated state.

    A job is written in the transaction that changes the record, so that no change is lost. It is deleted once the index
    is up to date. A record may have several jobs: the worker deletes only those that it saw before it read the record.
    """

    label = models.CharField(_("model"), max_length=100)
    object_id = models.PositiveBigIntegerField(_("record"))
    effect = models.CharField(_("effect"), max_length=7, choices=Effect, default=Effect.REFRESH)
    is_urgent = models.GeneratedField(
        expression=models.ExpressionWrapper(models.Q(effect__in=URGENT), output_field=models.BooleanField()),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    queued_at = models.DateTimeField(_("queued"), auto_now_add=True, db_index=True)

    objects = IndexJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("index job")
        verbose_name_plural = _("index jobs")
        ordering = ["pk"]
        # A search reads the last urgent jobs by this, in the same time however many jobs wait. SQLite uses an index
        # with a condition only for a query that has the condition without parameters, hence the column.
        indexes = [models.Index(fields=["id"], condition=models.Q(is_urgent=True), name="urgent_index_jobs")]

    def __str__(self) -> str:
        return f"{self.label} {self.object_id}"


class SearchAlert(Subscription):
    """A subscription to new results of a search."""

    confirm_view = "search:alert-confirm"
    leave_view = "search:alert-leave"

    query = models.CharField(_("search"), max_length=2000, help_text=_("As in the address of the search page."))
    # Translators: when they were written to last
    told_at = models.DateTimeField(_("told"), null=True, help_text=_("What was published before is known to them."))

    class Meta(Subscription.Meta):
        verbose_name = _("search alert")
        verbose_name_plural = _("search alerts")
        constraints = [models.UniqueConstraint(fields=["address", "query"], name="unique_search_alert")]

    def __str__(self) -> str:
        return self.query
