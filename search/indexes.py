"""The base class of the search indexes. An app whose records can be found subclasses RecordIndex for each model."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from haystack import connections, indexes


@dataclass(frozen=True)
class Passage:
    """A part of a record's text that has an address of its own: a paragraph, or a page of a file."""

    text: str
    url: str
    label: str | Promise = ""
    language: str = "en"
    is_file: bool = False


class RecordIndex(indexes.SearchIndex):
    """The search index of a model. A subclass sets `model` and the names of its kind, and implements `passages`.

    Only `published()` records are read, both to index them and to show them as results.

    When a record of another model changes, the index is updated too. `related_lookups` maps such a model to the lookups
    that find the affected records; `related_ids` maps it to its attribute with the pk of the one affected record.
    """

    text = indexes.CharField(document=True)
    title = indexes.CharField()
    date = indexes.CharField()
    kind = indexes.CharField(faceted=True)
    series = indexes.CharField(faceted=True, null=True)
    dialogue = indexes.CharField(faceted=True, null=True)
    year = indexes.CharField(faceted=True, null=True)
    topic = indexes.MultiValueField(faceted=True, null=True)
    language = indexes.CharField(faceted=True, null=True)
    organization_type = indexes.CharField(faceted=True, null=True)
    country = indexes.CharField(faceted=True, null=True)

    model: ClassVar[Any] = None
    related_lookups: ClassVar[dict[type[Model], tuple[str, ...]]] = {}
    related_ids: ClassVar[dict[type[Model], str]] = {}
    kind_name: ClassVar[str] = ""  # in addresses: "summary"
    kind_label: ClassVar[str | Promise] = ""  # of one result: "Summary"
    kind_label_plural: ClassVar[str | Promise] = ""  # of the facet's choice: "Summaries"
    csl_type: ClassVar[str] = "document"  # the reference type in the Citation Style Language
    title_field: ClassVar[str] = "title"  # of the index, by which titles are suggested; "" if they are not

    def get_model(self) -> type[Model]:
        return self.model

    def index_queryset(self, using: str | None = None) -> QuerySet[Any]:
        """Return the records to index."""
        return self.model.objects.published()

    def load_all_queryset(self) -> QuerySet[Any]:
        """Return the records that may be shown as results."""
        return self.index_queryset()

    def titles(self, pks: Collection[int]) -> dict[int, str]:
        """Return {pk: title} for those of some records that are public."""
        return {record.pk: self.title_of(record) for record in self.model.objects.published().filter(pk__in=pks)}

    def suggested_names(self, among: Collection[str] | None = None) -> Iterable[str]:
        """Return public names that are suggested beside the titles, such as names of topics in the page's language.

        `among` limits them to these names.
        """
        return []

    def document(self, record: Any) -> dict[str, Any]:
        """Return what the index holds of a record: {field: values, or texts as (text, language)}."""
        passages = list(self.passages(record))
        facets = {name: values for name, values in self.facets(record).items() if values}
        return {
            "kind": self.kind_name,
            "date": self.date_of(record),
            "published": published_at.isoformat() if (published_at := getattr(record, "published_at", None)) else "",
            "title": [(self.title_of(record), self.language_of(record))],
            "text": [(passage.text, passage.language) for passage in passages if not passage.is_file],
            "file": [(passage.text, passage.language) for passage in passages if passage.is_file],
            **{field: [(name, "") for name in names if name] for field, names in self.names(record).items()},
            **facets,
        }

    def prepare(self, record: Any) -> dict[str, Any]:
        """Return the same document for the engines that come with Haystack."""
        document = self.document(record)
        texts = [*document.pop("text"), *document.pop("file")]
        prepared = super().prepare(record) | {"text": "\n\n".join(text for text, _ in texts)}
        prepared["title"] = document.pop("title")[0][0]
        return prepared | {name: value for name, value in document.items() if name in self.fields}

    def affected_by(self, instance: Model) -> set[int]:
        """Return the pks of records whose document or visibility may change when `instance`, of any model, is saved.

        A record whose `was_public` is false was never public, so it is not in the index.
        """
        if isinstance(instance, self.model):
            return {instance.pk} if getattr(instance, "was_public", True) else set()
        kind = type(instance)
        if kind in self.related_ids:
            return {getattr(instance, self.related_ids[kind])}
        records = self.model.objects.order_by()
        lookups = self.related_lookups.get(kind, ())
        return {pk for lookup in lookups for pk in records.filter(**{lookup: instance}).values_list("pk", flat=True)}

    def title_of(self, record: Any) -> str:
        """Return the title of a result."""
        return str(record)

    def language_of(self, record: Any) -> str:
        """Return the language of the title."""
        return "en"

    def date_of(self, record: Any) -> str:
        """Return the day to sort by as YYYY-MM-DD; empty if it is not known."""
        return ""

    def facets(self, record: Any) -> dict[str, Any]:
        """Return {facet: a value or a list of them, as they appear in addresses}."""
        return {}

    def facet_labels(self, name: str, values: Iterable[str]) -> Mapping[str, str | Promise]:
        """Return {value: label} for those values of a facet whose records are public."""
        return {}

    def names(self, record: Any) -> dict[str, list[str]]:
        """Return the names that are searched by their spelling, in "speaker", "organization" and "dialogue_title"."""
        return {}

    def citation(self, record: Any) -> dict[str, Any]:
        """Return how to cite a record: "type" (of CSL), "title", "authors", "date", "within", "number", "language"."""
        names = self.names(record)
        return {
            "type": self.csl_type,
            "title": self.title_of(record),
            "authors": [name for name in names.get("speaker") or names.get("organization", []) if name],
            "date": self.date_of(record),
            "language": self.language_of(record),
        }

    def context_of(self, record: Any) -> list[Any]:
        """Return short texts that are shown with the title, such as place and date."""
        return []

    def passages(self, record: Any) -> Iterable[Passage]:
        """Return the record's text in parts, in order."""
        raise NotImplementedError(f"{type(self).__name__} must return the passages of a record.")


def registered_indexes() -> dict[type[Model], RecordIndex]:
    """Return the indexes of all apps, by model."""
    return connections["default"].get_unified_index().get_indexes()
