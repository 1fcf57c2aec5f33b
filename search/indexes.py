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


class RecordIndex(indexes.SearchIndex):
    """Base of every index: a subclass names its `model` and `kind` and says what a record's text and passages are.

    Only `published()` records are ever read for the index, and again when a hit is shown.
    """

    text = indexes.CharField(document=True)
    kind = indexes.CharField()
    title = indexes.CharField()

    model = None
    kind_name = ""  # what records of this kind are called in an address: "summary"
    kind_label = ""  # on the page, for one: "Summary"
    kind_label_plural = ""  # and for many: "Summaries"

    def get_model(self):
        return self.model

    def index_queryset(self, using=None):
        return self.model.objects.published()

    def load_all_queryset(self):
        return self.index_queryset()

    def prepare_kind(self, record):
        return self.kind_name

    def prepare_title(self, record):
        return self.title_of(record)

    def prepare_text(self, record):
        return "\n\n".join([self.title_of(record), *(passage.text for passage in self.passages(record))])

    def affected_by(self, instance):
        """The ids of this index's records whose text or gate may have changed with `instance`, of any model."""
        return [instance.pk] if isinstance(instance, self.model) else []

    def title_of(self, record):
        """What stands above a hit."""
        return str(record)

    def context_of(self, record):
        """What stands beside the title: where and when, as a list of short texts."""
        return []

    def passages(self, record):
        """The record's text in pieces, each with its address, in order."""
        raise NotImplementedError(f"{type(self).__name__} must say what the passages of a record are.")
