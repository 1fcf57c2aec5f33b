"""The base of all indexes of proceedings: their facets and passages."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, ClassVar

from babel import Locale
from django.conf import settings
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from documents.file_text import parts_of
from documents.models import Document
from publishing.addresses import path_in
from publishing.models import BaseTranslatable
from search.indexes import RecordIndex, Source
from search.models import Effect
from search.passages import Passage
from text.localized import LocalizedText, content_language, interface_language

from ..models import Dialogue, Organization, Series, Topic
from ..paragraphs import plain_in_order

Facets = dict[str, Any]  # a value, or a collection of values, by the name of the facet

TRANSLATIONS = ("original_language", "translations")  # fields of a record whose texts are found in each language
DIALOGUE_FIELDS = ("series", "title", "slug", "starts_on", "date_note", "published_at", "translations")
# What records have from their dialogue: {model: (path from the dialogue, source)}.
OF_A_DIALOGUE: dict[type[Model], tuple[str, Source]] = {
    Dialogue: ("", Source((), DIALOGUE_FIELDS)),
    Series: ("__series", Source((), ("name", "slug", "translations"))),
}
# Fields and effects of topics that give records only a facet. Search asks the gate about each value, so that a hidden
# topic is neither shown nor searched for.
TOPIC_FACET = (("slug", "published_at"), Effect.REFRESH, Effect.REFRESH)
ORGANIZATION_FACETS = ("type", "country")  # fields


class ProceedingsIndex(RecordIndex):
    """Base of the indexes of records that belong to a dialogue.

    `dialogue_path` is the path of relations from the record to its dialogue; it is empty for the dialogue itself.
    """

    dialogue_path = "dialogue"
    units: ClassVar = {"paragraph": _("Paragraph %d"), "page": _("Page %d"), "panel": _("Panel %d")}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Add what all records of a dialogue have from it and its series."""
        super().__init_subclass__(**kwargs)
        sources: dict[type[Model], Source] = {
            model: replace(source, lookups=(f"{cls.dialogue_path}{path}".removeprefix("__"),))
            for model, (path, source) in OF_A_DIALOGUE.items()
            if model is not cls.model
        }
        for model, source in cls.sources.items():
            shared = sources.get(model)
            sources[model] = replace(source, lookups=source.lookups + shared.lookups) if shared else source
        cls.sources = sources

    def dialogue_of(self, record: Any) -> Dialogue:
        """Return the dialogue of a record."""
        return record.dialogue

    def facets(self, record: Any) -> Facets:
        return dialogue_facets(self.dialogue_of(record))

    def facet_labels(self, name: str, values: Iterable[str]) -> dict[str, Any]:
        match name:
            case "series":
                all_series = Series.objects.published().filter(slug__in=values)
                return {series.slug: series.localized.name for series in all_series}
            case "dialogue":
                dialogues = Dialogue.objects.published().filter(slug__in=values)
                return {dialogue.slug: dialogue.localized.title for dialogue in dialogues}
            case "topic":
                topics = Topic.objects.published().filter(slug__in=values)
                return {topic.slug: topic.localized.name for topic in topics}
            case "year":
                return {value: value for value in values}
            case "language":
                names = Locale(get_language()[:2]).languages
                return {code: capfirst(names[code]) for code, _label in settings.CONTENT_LANGUAGES if code in values}
            case "organization_type":
                return {value: capfirst(label) for value, label in Organization.Type.choices if value in values}
            case "country":
                territories = Locale(get_language()[:2]).territories
                return {value: territories.get(value, value) for value in values}
        return {}

    def names(self, record: Any) -> dict[str, list[str]]:
        return {"dialogue_title": dialogue_names(self.dialogue_of(record))}

    def citation(self, record: Any) -> dict[str, Any]:
        return {**super().citation(record), "within": self.dialogue_of(record).title}

    def date_of(self, record: Any) -> str:
        dialogue = self.dialogue_of(record)
        return dialogue.starts_on.isoformat() if dialogue.starts_on else str(dialogue.year or "")


def dialogue_names(dialogue: Dialogue) -> list[str]:
    """Return the names by which a dialogue is found: its title and its series in each language, and its slug."""
    names = [*dialogue.in_each_language("title"), *dialogue.series.in_each_language("name")]
    return [*dict.fromkeys(name.text for name in names), dialogue.slug]


def languages_of(record: BaseTranslatable) -> list[str]:
    """Return the languages of a record's texts, first that of the page, so that results begin with its texts."""
    return sorted(record.written_languages, key=lambda language: language != content_language())


def page_showing(page: str, language: str, shown: LocalizedText) -> str:
    """Return the address at which a page shows a text in `language`.

    `page` is its address in the reader's language. `shown` is the text there, which may be another translation.
    """
    return page if shown.language == language else path_in(page, interface_language(language))


def headings_of(record: Any, field: str, page: str, anchor: str) -> Iterator[Passage]:
    """Yield the text of a field in each language, with its place: the element `anchor` of a page."""
    shown = getattr(record.localized, field)
    for text in record.in_each_language(field):
        url = page_showing(page, text.language, shown)
        yield Passage(text.text, f"{url}#{anchor}", language=text.language)


def dialogue_facets(dialogue: Dialogue) -> Facets:
    """Return the facets that a dialogue gives to its records. It does not give them its topics."""
    return {"series": dialogue.series.slug, "dialogue": dialogue.slug, "year": str(dialogue.year or "")}


def topic_facet(*tagged: Any) -> Facets:
    """Return the topics of dialogues and panels as a facet. They are read with `public_topics`; None has no topics."""
    return {"topic": sorted({topic.slug for record in tagged if record for topic in record.shown_topics})}


def organization_facets(organization: Organization | None) -> Facets:
    """Return the facets that an organization gives to records, none without one."""
    return {"organization_type": organization.type, "country": organization.country} if organization else {}


def merge_facets(facets: Facets, more: Facets) -> None:
    """Add the values of `more` to the sets of values in `facets`."""
    for name, value in more.items():
        facets.setdefault(name, set()).update(value if isinstance(value, list) else filter(None, [value]))


def date_label(dialogue: Dialogue) -> str:
    """Return the first day of a dialogue as a search result shows it, or its year.

    It is empty while neither is known, and where the title, which is shown with it, names the year.
    """
    if dialogue.starts_on:
        return date_format(dialogue.starts_on, "DATE_FORMAT")
    year = str(dialogue.year or "")
    return "" if year in str(dialogue.localized.title) else year


def text_passages(
    text: str, url: str, language: str, *, prefix: str = "", unit: str = "", number: int = 0
) -> Iterator[Passage]:
    """Yield the headings and paragraphs of a Markdown text, with the addresses that `paragraphs.in_order` gives them.

    `unit` and `number` apply to all passages; without them, each has those of its own paragraph.
    """
    for place, (words, block) in enumerate(plain_in_order(text, prefix)):
        own = (unit, number) if unit else ("paragraph", block.number) if block.number else ("", 0)
        yield Passage(words, f"{url}#{block.anchor}", *own, language=language, continues=place > 0)


def file_passages(document: Document, url: str, language: str) -> Iterator[Passage]:
    """Yield the paragraphs of a stored file, with their addresses on the pages on which it is read."""
    for part in parts_of(document) if document.copy else []:
        for page in part.pages:
            for place, paragraph in enumerate(page.paragraphs):
                unit = ("page", page.number) if page.number else ("paragraph", paragraph.number)
                address = f"{url}{part.query}#{paragraph.anchor}"
                continues = place > 0 or (part.number > 1 and not page.number)
                yield Passage(paragraph.text, address, *unit, language=language, is_file=True, continues=continues)
