"""The base of all indexes of proceedings, and the indexes of dialogues, speakers and quotes."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any, ClassVar

from babel import Locale
from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from haystack import indexes

from documents.file_text import parts_of
from documents.models import Document
from search.indexes import Passage, RecordIndex, Source
from search.models import Effect
from text.markup import strip_markdown

from ..models import Appearance, Dialogue, Organization, Panel, Quote, Series, Speaker, Topic
from ..paragraphs import plain_in_order

Facets = dict[str, Any]  # a value, or a collection of values, by the name of the facet

DIALOGUE_FIELDS = ("series", "title", "slug", "starts_on", "date_note", "published_at")
# What records have from their dialogue: {model: (path from the dialogue, source)}.
OF_A_DIALOGUE = {
    Dialogue: ("", Source((), DIALOGUE_FIELDS)),
    Series: ("__series", Source((), ("name", "slug"))),
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

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Add what all records of a dialogue have from it and its series."""
        super().__init_subclass__(**kwargs)
        sources = {
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
                return dict(Series.objects.published().filter(slug__in=values).values_list("slug", "name"))
            case "dialogue":
                return dict(Dialogue.objects.published().filter(slug__in=values).values_list("slug", "title"))
            case "topic":
                topics = Topic.objects.published().filter(slug__in=values)
                return {topic.slug: topic.localized.name for topic in topics}
            case "year":
                return {value: value for value in values}
            case "language":
                names = Locale(get_language()[:2]).languages
                return {code: capfirst(names[code]) for code, _label in settings.CONTENT_LANGUAGES if code in values}
            case "organization_type":
                return {value: label for value, label in Organization.Type.choices if value in values}
            case "country":
                territories = Locale(get_language()[:2]).territories
                return {value: territories.get(value, value) for value in values}
        return {}

    def names(self, record: Any) -> dict[str, list[str]]:
        dialogue = self.dialogue_of(record)
        return {"dialogue_title": [dialogue.title, dialogue.series.name, dialogue.slug]}

    def citation(self, record: Any) -> dict[str, Any]:
        return {**super().citation(record), "within": self.dialogue_of(record).title}

    def date_of(self, record: Any) -> str:
        dialogue = self.dialogue_of(record)
        return dialogue.starts_on.isoformat() if dialogue.starts_on else str(dialogue.year or "")


def dialogue_facets(dialogue: Dialogue) -> Facets:
    """Return the facets that a dialogue gives to its records. It does not give them its topics."""
    return {"series": dialogue.series.slug, "dialogue": dialogue.slug, "year": str(dialogue.year or "")}


def topic_facet(*tagged: Dialogue | Panel | None) -> Facets:
    """Return the topics of dialogues and panels as a facet. They must be prefetched through the gate."""
    return {"topic": sorted({topic.slug for record in tagged if record for topic in record.topics.all()})}


def organization_facets(organization: Organization | None) -> Facets:
    """Return the facets that an organization gives to records, none without one."""
    return {"organization_type": organization.type, "country": organization.country} if organization else {}


def merge_facets(facets: Facets, more: Facets) -> None:
    """Add the values of `more` to the sets of values in `facets`."""
    for name, value in more.items():
        facets.setdefault(name, set()).update(value if isinstance(value, list) else filter(None, [value]))


def date_label(dialogue: Dialogue) -> str:
    """Return the first day of a dialogue as a search result shows it, or its year; empty while neither is known."""
    return date_format(dialogue.starts_on, "DATE_FORMAT") if dialogue.starts_on else str(dialogue.year or "")


def public_topics(path: str) -> Prefetch:
    """Return a prefetch of the topics at the end of `path` that everyone may see."""
    return Prefetch(path, Topic.objects.published())


def text_passages(text: str, url: str, language: str, *, prefix: str = "", label: str = "") -> Iterator[Passage]:
    """Yield the headings and paragraphs of a Markdown text, with the addresses that `paragraphs.in_order` gives them.

    `label` is the label of all; without it, it is the number of the paragraph.
    """
    numbered = gettext("Paragraph %d")
    for place, (words, block) in enumerate(plain_in_order(text, prefix)):
        own = label or ("" if block.number is None else numbered % block.number)
        yield Passage(words, f"{url}#{block.anchor}", own, language, continues=place > 0)


def file_passages(document: Document, url: str, language: str) -> Iterator[Passage]:
    """Yield the paragraphs of a stored file, with their addresses on the pages on which it is read."""
    on_page, in_text = gettext("Page %d"), gettext("Paragraph %d")
    for part in parts_of(document) if document.copy else []:
        for page in part.pages:
            for place, paragraph in enumerate(page.paragraphs):
                label = on_page % page.number if page.number else in_text % paragraph.number
                address = f"{url}{part.query}#{paragraph.anchor}"
                continues = place > 0 or (part.number > 1 and not page.number)
                yield Passage(paragraph.text, address, label, language, is_file=True, continues=continues)


class DialogueIndex(ProceedingsIndex, indexes.Indexable):
    """Dialogues, with their panels as passages and the topics of both."""

    model = Dialogue
    dialogue_path = ""
    sources: ClassVar = {
        Dialogue: Source(("pk",), (*DIALOGUE_FIELDS, "topics", "description", "venue", "city"), Effect.CHANGED),
        Panel: Source(("panels",), ("dialogue", "title", "description", "guiding_questions", "topics"), Effect.CHANGED),
        Topic: Source(
            ("topics", "panels__topics"),
            ("name", "original_language", "translations", "slug", "published_at"),
            Effect.CHANGED,
        ),
    }
    csl_type = "event"
    kind_name, kind_label, kind_label_plural = "dialogue", _("Dialogue"), _("Dialogues")

    def index_queryset(self, using: str | None = None) -> QuerySet:
        return Dialogue.objects.published().for_lists().prefetch_related("panels", public_topics("panels__topics"))

    def suggested_names(self, among: Collection[str] | None = None) -> list[str]:
        """Return the names of topics."""
        names = [topic.localized.name.text for topic in Topic.objects.published().by_name()]
        return names if among is None else [name for name in names if name in among]

    def dialogue_of(self, record: Dialogue) -> Dialogue:
        return record

    def facets(self, dialogue: Dialogue) -> Facets:
        return {**super().facets(dialogue), **topic_facet(dialogue, *dialogue.panels.all())}

    def context_of(self, dialogue: Dialogue) -> list[str]:
        return [dialogue.series.name, date_label(dialogue)]

    def passages(self, dialogue: Dialogue) -> Iterator[Passage]:
        topics = [name for topic in dialogue.topics.all() for name in topic.in_each_language("name")]
        url = dialogue.get_absolute_url()
        yield Passage(strip_markdown(dialogue.description), f"{url}#about")
        yield Passage(", ".join(filter(None, [dialogue.venue, dialogue.city])), f"{url}#where")
        for name in topics:
            yield Passage(name.text, f"{url}#topics", language=name.language)
        for panel in dialogue.panels.all():
            panel.dialogue = dialogue
            url, label = panel.get_absolute_url(), gettext("Panel %d") % panel.number
            yield Passage(panel.title, f"{url}#title", label)
            yield Passage(strip_markdown(panel.description), f"{url}#about", label, continues=True)
            yield Passage(strip_markdown(panel.guiding_questions), f"{url}#questions", label, continues=True)
        yield Passage(dialogue.title, f"{dialogue.get_absolute_url()}#title", is_heading=True)


class SpeakerIndex(ProceedingsIndex, indexes.Indexable):
    """Speakers, by their name and their appearances, with the topics of their panels."""

    model = Speaker
    dialogue_path = "appearances__dialogue"
    sources: ClassVar = {
        Speaker: Source(("pk",), ("name", "biography"), Effect.CHANGED),
        Appearance: Source(
            ("appearances",), ("dialogue", "panel", "speaker", "title", "affiliation", "organization"), Effect.CHANGED
        ),
        Organization: Source(("appearances__organization",), ORGANIZATION_FACETS),
        Panel: Source(("appearances__panel",), ("topics",), left=Effect.REFRESH),
        Series: Source((), ("slug",)),
        Topic: Source(("appearances__panel__topics",), *TOPIC_FACET),
    }
    kind_name, kind_label, kind_label_plural = "speaker", _("Speaker"), _("Speakers")
    title_field = "speaker"

    def suggested_names(self, among: Collection[str] | None = None) -> Iterable[str]:
        """Return the names of organizations for which people spoke, as they were given that day."""
        appearances = Appearance.objects.published().exclude(affiliation="").order_by("affiliation")
        if among is not None:
            appearances = appearances.filter(affiliation__in=among)
        return appearances.values_list("affiliation", flat=True).distinct()

    def index_queryset(self, using: str | None = None) -> QuerySet:
        # Without appearances at drafts, so that nobody finds a speaker before the dialogue is announced.
        public = Appearance.objects.published().select_related("organization", "panel")
        public = public.prefetch_related("dialogue__series", public_topics("panel__topics"))
        appearances = Prefetch("appearances", public)
        return super().index_queryset().prefetch_related(appearances)

    def facets(self, speaker: Speaker) -> Facets:
        facets: Facets = {}
        for appearance in speaker.appearances.all():
            merge_facets(facets, dialogue_facets(appearance.dialogue))
            merge_facets(facets, topic_facet(appearance.panel))
            merge_facets(facets, organization_facets(appearance.organization))
        return facets

    def names(self, speaker: Speaker) -> dict[str, list[str]]:
        appearances = speaker.appearances.all()
        return {
            "speaker": [speaker.name],
            "organization": [appearance.affiliation for appearance in appearances],
            "dialogue_title": sorted({appearance.dialogue.title for appearance in appearances}),
        }

    def date_of(self, speaker: Speaker) -> str:
        return ""

    def citation(self, speaker: Speaker) -> dict[str, Any]:
        return {"type": self.csl_type, "title": speaker.name}

    def passages(self, speaker: Speaker) -> Iterator[Passage]:
        url = speaker.get_absolute_url()
        yield Passage(strip_markdown(speaker.biography), f"{url}#about")
        for appearance in speaker.appearances.all():
            text = ", ".join(filter(None, [appearance.as_given, str(appearance.dialogue)]))
            yield Passage(text, f"{url}#at-{appearance.dialogue.slug}")
        yield Passage(speaker.name, f"{url}#title", is_heading=True)


class QuoteIndex(ProceedingsIndex, indexes.Indexable):
    """Quotes, by their words and their speaker, with the topics of the panel at which they were said."""

    model = Quote
    dialogue_path = "appearance__dialogue"
    sources: ClassVar = {
        Quote: Source(("pk",), ("appearance", "text", "language", "published_at"), Effect.CHANGED),
        Appearance: Source(
            ("appearance",), ("dialogue", "panel", "speaker", "affiliation", "organization"), Effect.CHANGED
        ),
        Speaker: Source(("appearance__speaker",), ("name",), Effect.CHANGED),
        Organization: Source(("appearance__organization",), ORGANIZATION_FACETS),
        Panel: Source(("appearance__panel",), ("topics",), left=Effect.REFRESH),
        Topic: Source(("appearance__panel__topics",), *TOPIC_FACET),
    }
    csl_type = "speech"
    kind_name, kind_label, kind_label_plural = "quote", _("Quote"), _("Quotes")
    title_field = ""  # the name of its speaker, who is found as such

    def index_queryset(self, using: str | None = None) -> QuerySet:
        quotes = Quote.objects.published().for_lists().select_related("appearance__organization", "appearance__panel")
        return quotes.prefetch_related(public_topics("appearance__panel__topics"))

    def dialogue_of(self, quote: Quote) -> Dialogue:
        return quote.appearance.dialogue

    def facets(self, quote: Quote) -> Facets:
        said = quote.appearance
        return {
            **super().facets(quote),
            **topic_facet(said.panel),
            **organization_facets(said.organization),
            "language": quote.language,
        }

    def names(self, quote: Quote) -> dict[str, list[str]]:
        said = quote.appearance
        return {**super().names(quote), "speaker": [said.speaker.name], "organization": [said.affiliation]}

    def title_of(self, quote: Quote) -> str:
        return quote.appearance.speaker.name

    def context_of(self, quote: Quote) -> list[str]:
        dialogue = quote.appearance.dialogue
        return [quote.appearance.as_given, dialogue.title, date_label(dialogue), quote.get_language_display()]

    def passages(self, quote: Quote) -> Iterator[Passage]:
        url, said = quote.get_absolute_url(), quote.appearance
        yield Passage(quote.text, f"{url}#quote", language=quote.language)
        yield Passage(", ".join(filter(None, [said.speaker.name, said.as_given])), f"{url}#by", is_heading=True)
        yield Passage(said.dialogue.title, f"{url}#at", is_heading=True)
