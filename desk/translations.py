"""The texts of records in each language: which records have them, and which are missing."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from dialogues.models import Dialogue, NewsItem, Series, Topic
from publishing.models import BaseTranslatable
from publishing.translation_forms import LANGUAGES
from search.models import Concept
from text.localized import LocalizedText

from .kinds import KINDS, Kind, key_of

# The kinds whose records have texts for readers. Terms of the vocabulary have a page of their own.
TRANSLATED = {
    name: kind for name, kind in KINDS.items() if issubclass(kind.model, BaseTranslatable) and kind.model is not Concept
}


@dataclass(frozen=True)
class Row:
    """A record with the languages in which texts of it are missing: {code: number of texts}."""

    record: Any
    missing: dict[str, int]

    @property
    def languages(self) -> list[tuple[str, str, int]]:
        """The languages that are missing, as (code, name, number of texts)."""
        return [(code, LANGUAGES[code], number) for code, number in self.missing.items()]


@dataclass(frozen=True)
class Text:
    """One text of a record: its field, the original, and the translations by language."""

    record: Any
    field: str

    @property
    def key(self) -> str:
        """The key of its record, such as dialogue-3."""
        return key_of(self.record)

    @property
    def label(self) -> str:
        """The name of the field for people."""
        return capfirst(str(self.record.text_field(self.field).verbose_name))

    @property
    def original(self) -> LocalizedText:
        """The text as it was written."""
        return LocalizedText(getattr(self.record, self.field), self.record.original_language)

    def written_in(self, language: str) -> str:
        """Return the text in a language; empty if there is none."""
        text: str = self.record.written_in(self.field, language)
        return text


def texts_of(record: Any) -> list[Text]:
    """Return the texts of a record that are not empty."""
    return [Text(record, field) for field in record.translated_fields if getattr(record, field)]


def row_of(record: Any) -> Row:
    """Return a record with what is missing."""
    counted = Counter(code for field in record.translated_fields for code in record.missing_languages(field))
    return Row(record, {code: counted[code] for code in LANGUAGES if counted[code]})


def totals_of(rows: Iterable[Row]) -> list[tuple[str, str, int]]:
    """Return (code, name, number of missing texts) for each language, zeros included."""
    counted: Counter[str] = Counter()
    for row in rows:
        counted.update(row.missing)
    return [(code, name, counted[code]) for code, name in LANGUAGES.items()]


def records_of(dialogue: Dialogue, user: Any) -> Iterator[Any]:
    """Yield the records with texts of a dialogue that `user` may see: itself, its series, its parts and its topics."""
    for kind in TRANSLATED.values():
        if user.has_perm(kind.permission("view")) and (records := _records_in(kind, dialogue, user)) is not None:
            yield from records


def all_records(user: Any, kinds: Iterable[Kind]) -> Iterator[Any]:
    """Yield all records of some kinds that `user` may see."""
    for kind in kinds:
        if user.has_perm(kind.permission("view")):
            yield from _loaded(kind, kind.visible_to(user)).order_by("pk")


def _records_in(kind: Kind, dialogue: Dialogue, user: Any) -> Any:
    """Return the records of a kind that belong to a dialogue, or None for kinds of which none do."""
    records = kind.visible_to(user)
    if kind.model is Dialogue:
        return records.filter(pk=dialogue.pk)
    if kind.model is Series:
        return records.filter(pk=dialogue.series_id)
    if kind.model is NewsItem:
        return records.filter(dialogues=dialogue)
    if kind.model is Topic:
        of_panels = Topic.objects.filter(panels__dialogue=dialogue).values("pk")
        return records.filter(pk__in=dialogue.topics.values("pk")) | records.filter(pk__in=of_panels)
    return _loaded(kind, records).filter(**{_path(kind): dialogue}).order_by("pk") if kind.dialogue else None


def _loaded(kind: Kind, records: Any) -> Any:
    """Fetch what the texts and names of records need besides the records."""
    related = {"photograph": ["picture"], "speaker": ["portrait"], "statement": ["appearance__speaker", "organization"]}
    return records.select_related(*related.get(kind.name, []), *filter(None, [_path(kind)]))


def _path(kind: Kind) -> str:
    """Return the path from a record to its dialogue in a query."""
    return kind.dialogue.replace(".", "__")
