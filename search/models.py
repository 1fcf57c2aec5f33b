from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from publishing.models import Translatable
from publishing.prepared import prepared
from subscriptions.models import Subscription
from text.localized import LocalizedText

from .terms import split_terms, term_key


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


class KeptText(models.Model):
    """The text of a public record in passages, as results show it: `search.kept_texts` writes and reads it."""

    key = models.CharField(max_length=100, primary_key=True)  # the id of the record in the index
    text = models.TextField()
    places = models.JSONField()  # of the passages

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key


class WriteLock(models.Model):
    """The process that writes an index on other machines: `search.solr.lock` takes and releases it."""

    name = models.CharField(max_length=100, primary_key=True)  # of the index
    holder = models.CharField(max_length=300)  # machine, process and a random name
    held_until = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class SimilarRecords(models.Model):
    """The ids of the records that are most like one record, for its page; the index has ids of the same form.

    The worker renews them, and a command can make all again. There are more than a page shows, because the gate is
    asked only when they are shown.
    """

    label = models.CharField(max_length=100)
    object_id = models.PositiveBigIntegerField()
    ids = models.JSONField(default=list)  # of each kind, the most similar first
    renewed_at = models.DateTimeField(null=True, db_index=True)  # null: to be renewed
    is_changed = models.BooleanField(default=False)  # its words changed since, and concern the records like it too

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["label", "object_id"], name="one_list_of_similar_records")]

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


class ConceptQuerySet(models.QuerySet["Concept"]):
    """The vocabulary."""

    def state(self) -> tuple[Any, ...]:
        """Return a value that differs between any two states of the vocabulary."""
        return next(iter(_vocabulary_states()), ())


@prepared
def _vocabulary_states() -> models.QuerySet[Any]:
    """Return one row. Each search asks for it, and `aggregate` would make its SQL each time."""
    everything = Concept.objects.order_by().annotate(everything=models.Value(1)).values("everything")
    state = (models.Count("pk"), models.Sum("pk"), models.Max("changed_at"))
    return everything.annotate(count=state[0], sum=state[1], last=state[2]).values_list("count", "sum", "last")


class Concept(Translatable):
    """A concept with its terms in six languages. A search for one of the terms also finds the others.

    `other_terms` and `ambiguous_terms` hold terms as `split_terms` reads them. A term belongs to one concept only.
    """

    translated_fields = ("name", "other_terms")

    name = models.CharField(_("official term"), max_length=200, unique=True)
    other_terms = models.TextField(
        _("other terms"), blank=True, help_text=_("Synonyms and acronyms, divided by semicolons: NGO; NGOs.")
    )
    ambiguous_terms = models.TextField(
        _("ambiguous terms"),
        blank=True,
        help_text=_(
            "Terms that also mean something else, such as TIP, divided by semicolons. In a search they count only as "
            "they are written here, or alone. A search for other terms looks for acronyms among them, not words."
        ),
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = ConceptQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["changed_at"])

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("vocabulary")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def terms(self) -> list[LocalizedText]:
        """The terms that a search may look for: in each language the official one, then the others."""
        names = {name.language: name for name in self.in_each_language("name")}
        others = {texts.language: split_terms(texts) for texts in self.in_each_language("other_terms")}
        return [
            LocalizedText(term, language)
            for language in names | others
            for term in filter(None, [names.get(language), *others.get(language, [])])
        ]

    def clean(self) -> None:
        """Check that each term has a word, and that no other concept has it."""
        super().clean()
        terms = {term_key(term): term for term in (*self.terms, *split_terms(self.ambiguous_terms))}
        if () in terms:
            raise ValidationError(_("“%(term)s” has no word."), params={"term": terms[()]})
        for other in Concept.objects.exclude(pk=self.pk):
            for term in (*other.terms, *split_terms(other.ambiguous_terms)):
                if term_key(term) in terms:
                    raise ValidationError(
                        _("“%(term)s” is already a term of “%(concept)s”. A term belongs to one concept only."),
                        params={"term": term, "concept": other.name},
                    )
