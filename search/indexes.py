"""The base class of the search indexes. An app whose records can be found subclasses RecordIndex for each model."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, cast

from django.db.models import Model, QuerySet
from django.utils.functional import Promise, cached_property
from haystack import connections, indexes

from publishing.prepared import Prepared, prepared
from text.localized import LocalizedText
from text.sorting import sort_key

from .models import Effect
from .passages import Passage, PassageTexts

EVERY_SAVE = ("*",)  # as the fields of a Source: whenever a row is saved
FEW = 16  # rows whose records are found by a prepared query
MAX_IN_QUERY = 5_000  # pks; databases limit the parameters of a query


@dataclass(frozen=True)
class Source:
    """What the documents of an index have from the rows of one model, and what a change of a row does to the records.

    `lookups` lead from a record to the rows; "pk" means the record itself. `fields` are those that documents read,
    relations and `published_at` included. A record that is not public any more is hidden, whatever `changed` and `left`
    say.
    """

    lookups: tuple[str, ...]
    fields: tuple[str, ...]
    changed: Effect = Effect.REFRESH  # when a field changed
    left: Effect = Effect.CHANGED  # when a row was published, unpublished, deleted or given to another record


class RecordIndex(indexes.SearchIndex):
    """The search index of a model. A subclass sets `model` and the names of its kind, and implements `passages`.

    Only `published()` records are read, both to index them and to show them as results. `sources` declares all that
    documents are made of, the model itself included: what it does not name can change without an update of the index.
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
    sources: ClassVar[dict[type[Model], Source]] = {}
    kind_name: ClassVar[str] = ""  # in addresses: "summary"
    kind_label: ClassVar[str | Promise] = ""  # of one result: "Summary"
    kind_label_plural: ClassVar[str | Promise] = ""  # of the facet's choice: "Summaries"
    has_texts: ClassVar[bool] = False  # whether `text_file` is implemented
    csl_type: ClassVar[str] = "document"  # the reference type in the Citation Style Language
    similar_kinds: ClassVar[tuple[str, ...]] = ()  # of records, in the order in which a page lists them as like its own
    title_field: ClassVar[str] = "title"  # of the index, by which titles are suggested; "" if they are not
    units: ClassVar[dict[str, str | Promise]] = {}  # {unit of passages: label with %d}
    # Whether the texts of results are kept, because they take long to make. All that passages are made of must then be
    # a source whose effect is CHANGED.
    keeps_texts: ClassVar[bool] = False

    def get_model(self) -> type[Model]:
        return self.model

    def key(self, pk: Any) -> str:
        """Return the id of a record in the index: `<app>.<model>.<pk>`."""
        return f"{self.model._meta.label_lower}.{pk}"

    def index_queryset(self, using: str | None = None) -> QuerySet[Any]:
        """Return the records to index."""
        return self.model.objects.published()

    def load_all_queryset(self) -> QuerySet[Any]:
        """Return the records that may be shown as results. Where texts are kept, nothing else need be read for them."""
        return self.index_queryset()

    def load(self, pks: list[int]) -> dict[int, Any]:
        """Return {pk: record} for those that may be shown as results, among as many as a page shows."""
        return {record.pk: record for record in _loader(self.model)(pks=pks)}

    def titles(self, pks: Collection[int]) -> dict[int, str]:
        """Return {pk: title in the language of the page} for those of some records that are public."""
        return {record.pk: self.shown_title_of(record) for record in self.model.objects.published().filter(pk__in=pks)}

    def suggested_names(self, among: Collection[str] | None = None) -> Iterable[str]:
        """Return public names that are suggested beside the titles, such as names of topics in the page's language.

        `among` limits them to these names.
        """
        return []

    def document(self, record: Any) -> dict[str, Any]:
        """Return what the index holds of a record: {field: values, or texts as (text, language)}.

        Results are sorted by the values of `date`, `published`, `sort_title` and `sort_organization`. If there are
        several organizations, the first counts.
        """
        passages = _joined(self.passages(record))
        facets = {name: values for name, values in self.facets(record).items() if values}
        names = {field: [name for name in names if name] for field, names in self.names(record).items()}
        titles = [(own.text, own.language) for own in self.titles_of(record)]
        title, language = titles[0]
        return {
            "kind": self.kind_name,
            "date": self.date_of(record),
            "published": published_at.isoformat() if (published_at := getattr(record, "published_at", None)) else "",
            "sort_title": sort_key(title, language),
            # Articles as in English whatever the record's language, or an organization would have several places.
            "sort_organization": sort_key(next(iter(names.get("organization", [])), ""), "en"),
            # A name is compared by its letters alone: Cooper is not cooperation.
            "title": titles if self.title_field == "title" else [],
            "text": [(passage.text, passage.language) for passage in passages if not passage.is_file],
            "file": [(passage.text, passage.language) for passage in passages if passage.is_file],
            **{field: [(name, "") for name in some] for field, some in names.items()},
            **facets,
        }

    def prepare(self, record: Any) -> dict[str, Any]:
        """Return the same document for the engines that come with Haystack."""
        document = self.document(record)
        texts = [*document.pop("text"), *document.pop("file")]
        prepared = super().prepare(record) | {"text": "\n\n".join(text for text, _ in texts)}
        del document["title"]
        prepared["title"] = self.title_of(record)
        return prepared | {name: value for name, value in document.items() if name in self.fields}

    def affected_by(self, rows: Iterable[Any], model: type[Model]) -> set[int]:
        """Return the pks of the public records whose documents are made of these rows of a model."""
        some, lookups = list(rows), self.sources[model].lookups
        if len(some) <= FEW:
            return {found["pk"] for lookup in lookups for found in _made_of(self.model, lookup)(pks=some)}
        found = (self._public.filter(**{f"{lookup}__in": some}).values_list("pk", flat=True) for lookup in lookups)
        return {pk for pks in found for pk in pks}

    def still_public(self, pks: Iterable[int]) -> set[int]:
        """Return those pks whose records are public."""
        some = list(pks)
        parts = (some[start : start + MAX_IN_QUERY] for start in range(0, len(some), MAX_IN_QUERY))
        return {pk for part in parts for pk in self._public.filter(pk__in=part).values_list("pk", flat=True)}

    @cached_property
    def _public(self) -> QuerySet[Any]:
        """The same as `index_queryset` without what it prefetches. Each change of a row narrows it, several times."""
        return self.model.objects.published().order_by()

    def title_of(self, record: Any) -> str:
        """Return the title of a result as citations have it."""
        return str(record)

    def titles_of(self, record: Any) -> Iterable[LocalizedText]:
        """Return the title of a result in each language in which it is found."""
        return [LocalizedText(self.title_of(record), self.language_of(record))]

    def shown_title_of(self, record: Any) -> str:
        """Return the title of a result in the language of the page."""
        return self.title_of(record)

    def text_language_of(self, record: Any) -> str:
        """Return the language of most passages of a record; empty if they are in several."""
        return getattr(record, "language", "")

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

    def text_file(self, record: Any) -> str:
        """Return all text of a record, below its citation, for a file that researchers download."""
        raise NotImplementedError(f"{type(self).__name__} has no text files.")

    def passages(self, record: Any) -> Iterable[Passage]:
        """Return the record's text in parts, in order."""
        raise NotImplementedError(f"{type(self).__name__} must return the passages of a record.")

    def headings(self, record: Any) -> Iterable[Passage]:
        """Return where the title and the names of a record are on its page. They are indexed as such."""
        return ()

    def texts(self, record: Any) -> PassageTexts:
        """Return the passages of a record as results show them."""
        language = self.text_language_of(record)
        return PassageTexts.of(self.passages(record), record.get_absolute_url(), self.units, language)


def _joined(passages: Iterable[Passage]) -> list[Passage]:
    """Return the passages, with those that continue another one joined to it."""
    runs: list[list[Passage]] = []
    for passage in passages:
        if passage.continues and runs:
            runs[-1].append(passage)
        else:
            runs.append([passage])
    return [run[0]._replace(text="\n".join(passage.text for passage in run)) for run in runs]


def kinds_with_texts() -> list[str]:
    """Return the names of the kinds whose records have text files."""
    return [index.kind_name for index in registered_indexes().values() if index.has_texts]


def registered_indexes() -> dict[type[Model], RecordIndex]:
    """Return the indexes of all apps, by model."""
    return connections["default"].get_unified_index().get_indexes()


@cache
def _loader(model: type[Model]) -> Prepared[Any]:
    """Return what loads the results of one kind, for all threads: each has indexes of its own."""
    return prepared(lambda pks: registered_indexes()[model].load_all_queryset().filter(pk__in=pks))


@cache
def _made_of(model: type[Model], lookup: str) -> Prepared[Any]:
    """Return what finds the public records of one kind that are made of some rows."""
    name = "pk__in" if lookup == "pk" else f"{lookup}__pk__in"
    published = cast("Any", model).objects.published
    return prepared(lambda pks: published().filter(**{name: pks}).order_by().values("pk"))
