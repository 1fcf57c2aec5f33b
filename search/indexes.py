"""What the engine asks of a record. A room that wants its records found writes a RecordIndex for them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from haystack import indexes


@dataclass(frozen=True)
class Passage:
    """A piece of a record's text with an address of its own: a paragraph, a page of a file."""

    text: str
    url: str
    label: str | Promise = ""
    language: str = "en"
    is_file: bool = False


class RecordIndex(indexes.SearchIndex):
    """Base of every index: a subclass names its `model` and `kind` and says what a record's text and passages are.

    Only `published()` records are ever read for the index, and again when a hit is shown.
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

    model = None
    kind_name = ""  # what records of this kind are called in an address: "summary"
    kind_label = ""  # on the page, for one: "Summary"
    kind_label_plural = ""  # and for many: "Summaries"
    csl_type = "document"  # what a reference manager calls it

    def get_model(self):
        return self.model

    def index_queryset(self, using=None):
        return self.model.objects.published()

    def load_all_queryset(self):
        return self.index_queryset()

    def document(self, record):
        """What the index holds of a record, by the engine's fields; texts as (text, language)."""
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

    def prepare(self, record):
        """The same for Haystack's own engines."""
        document = self.document(record)
        texts = [*document.pop("text"), *document.pop("file")]
        prepared = super().prepare(record) | {"text": "\n\n".join(text for text, _ in texts)}
        prepared["title"] = document.pop("title")[0][0]
        return prepared | {name: value for name, value in document.items() if name in self.fields}

    def affected_by(self, instance):
        """The ids of this index's records whose text or gate may have changed with `instance`, of any model."""
        return [instance.pk] if isinstance(instance, self.model) else []

    def title_of(self, record):
        """What stands above a hit."""
        return str(record)

    def language_of(self, record):
        """The language that the title is in."""
        return "en"

    def date_of(self, record):
        """The day to sort by as YYYY-MM-DD; empty where it is not known."""
        return ""

    def facets(self, record):
        """What a search can be narrowed to: {facet: a value or several, as they stand in an address}."""
        return {}

    def facet_labels(self, name, values):
        """What readers call some values of a facet, through the gate: {value: label}."""
        return {}

    def names(self, record):
        """Names that are looked for as they are spelt: "speaker", "organization", "dialogue_title" to lists."""
        return {}

    def citation(self, record):
        """How a record is cited: "type" (of CSL), "title", "authors", "date", "within", "number", "language"."""
        names = self.names(record)
        return {
            "type": self.csl_type,
            "title": self.title_of(record),
            "authors": [name for name in names.get("speaker") or names.get("organization", []) if name],
            "date": self.date_of(record),
            "language": self.language_of(record),
        }

    def context_of(self, record):
        """What stands beside the title: where and when, as a list of short texts."""
        return []

    def passages(self, record):
        """The record's text in pieces, each with its address, in order."""
        raise NotImplementedError(f"{type(self).__name__} must say what the passages of a record are.")
