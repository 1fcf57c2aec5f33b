"""The base of all indexes of proceedings, and the indexes of dialogues, speakers and quotes."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, ClassVar

from babel import Locale
from django.conf import settings
from django.db.models import Model, Prefetch, QuerySet
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from haystack import indexes

from documents.models import Document, Kind
from search.indexes import Passage, RecordIndex
from text.markup import strip_markdown

from ..models import Appearance, Dialogue, Organization, Panel, Quote, Series, Speaker, Topic

MAX_PASSAGE = 6_000  # characters, about two pages

Facets = dict[str, Any]  # a value, or a collection of values, by the name of the facet


class ProceedingsIndex(RecordIndex):
    """Base of the indexes of records that belong to a dialogue.

    `dialogue_path` is the path of relations from the record to its dialogue; it is empty for the dialogue itself.
    """

    dialogue_path = "dialogue"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Add what all records of a dialogue depend on: the dialogue, its series and its topics."""
        super().__init_subclass__(**kwargs)
        paths: dict[type[Model], str] = {Dialogue: "", Series: "__series", Topic: "__topics"}
        shared = {
            model: ((cls.dialogue_path + path).removeprefix("__"),)
            for model, path in paths.items()
            if model is not cls.model
        }
        own = cls.related_lookups
        cls.related_lookups = {model: own.get(model, ()) + shared.get(model, ()) for model in {**own, **shared}}

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
                return {value: label for value, label in settings.CONTENT_LANGUAGES if value in values}
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
    """Return the facets that a dialogue gives to its records. Its topics must be prefetched through the gate."""
    return {
        "series": dialogue.series.slug,
        "dialogue": dialogue.slug,
        "year": str(dialogue.year or ""),
        "topic": [topic.slug for topic in dialogue.topics.all()],
    }


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


def document_passages(document: Document, url: str, language: str) -> Iterator[Passage]:
    """Yield the text of a stored file as passages; those of a PDF have the URL of their page."""
    for page in document.pages.all():
        if document.kind == Kind.PDF:
            place, label = f"{url}#page={page.number}", gettext("Page %d") % page.number
        else:
            place, label = url, ""
        for text in split_long(page.text):
            yield Passage(text, place, label, language, is_file=True)


def split_long(text: str) -> Iterator[str]:
    """Yield a text in pieces of at most MAX_PASSAGE characters, because a file without pages can be of any length."""
    while len(text) > MAX_PASSAGE:
        half = MAX_PASSAGE // 2
        cut = text.rfind("\n", half, MAX_PASSAGE) + 1 or text.rfind(" ", half, MAX_PASSAGE) + 1 or MAX_PASSAGE
        yield text[:cut]
        text = text[cut:]
    yield text


class DialogueIndex(ProceedingsIndex, indexes.Indexable):
    """Dialogues, with their panels as passages."""

    model = Dialogue
    dialogue_path = ""
    related_ids: ClassVar = {Panel: "dialogue_id"}
    csl_type = "event"
    kind_name, kind_label, kind_label_plural = "dialogue", _("Dialogue"), _("Dialogues")

    def index_queryset(self, using: str | None = None) -> QuerySet:
        return Dialogue.objects.published().for_lists().prefetch_related("panels")

    def suggested_names(self, among: Collection[str] | None = None) -> list[str]:
        """Return the names of topics."""
        names = [topic.localized.name.text for topic in Topic.objects.published().by_name()]
        return names if among is None else [name for name in names if name in among]

    def dialogue_of(self, record: Dialogue) -> Dialogue:
        return record

    def context_of(self, dialogue: Dialogue) -> list[str]:
        return [dialogue.series.name, date_label(dialogue)]

    def passages(self, dialogue: Dialogue) -> Iterator[Passage]:
        topics = [name for topic in dialogue.topics.all() for name in topic.in_each_language("name")]
        about = [
            strip_markdown(dialogue.description),
            *(name.text for name in topics if name.language == "en"),
            dialogue.venue,
            dialogue.city,
        ]
        yield Passage("\n".join(filter(None, about)), dialogue.get_absolute_url())
        for name in topics:
            if name.language != "en":
                yield Passage(name.text, dialogue.get_absolute_url(), language=name.language)
        for panel in dialogue.panels.all():
            text = "\n".join([panel.title, strip_markdown(panel.description), strip_markdown(panel.guiding_questions)])
            panel.dialogue = dialogue
            yield Passage(text, panel.get_absolute_url(), gettext("Panel %d") % panel.number)


class SpeakerIndex(ProceedingsIndex, indexes.Indexable):
    """Speakers, by their name and their appearances."""

    model = Speaker
    dialogue_path = "appearances__dialogue"
    related_ids: ClassVar = {Appearance: "speaker_id"}
    related_lookups: ClassVar = {Organization: ("appearances__organization",)}
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
        public = Appearance.objects.published().select_related("organization").prefetch_related("dialogue__series")
        appearances = Prefetch("appearances", public.prefetch_related(public_topics("dialogue__topics")))
        return super().index_queryset().prefetch_related(appearances)

    def facets(self, speaker: Speaker) -> Facets:
        facets: Facets = {}
        for appearance in speaker.appearances.all():
            merge_facets(facets, dialogue_facets(appearance.dialogue))
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
        yield Passage(strip_markdown(speaker.biography), speaker.get_absolute_url())
        for appearance in speaker.appearances.all():
            text = ", ".join(filter(None, [appearance.as_given, str(appearance.dialogue)]))
            yield Passage(text, speaker.get_absolute_url())


class QuoteIndex(ProceedingsIndex, indexes.Indexable):
    """Quotes, by their words and their speaker."""

    model = Quote
    dialogue_path = "appearance__dialogue"
    related_lookups: ClassVar = {
        Appearance: ("appearance",),
        Speaker: ("appearance__speaker",),
        Organization: ("appearance__organization",),
    }
    csl_type = "speech"
    kind_name, kind_label, kind_label_plural = "quote", _("Quote"), _("Quotes")
    title_field = ""  # the name of its speaker, who is found as such

    def index_queryset(self, using: str | None = None) -> QuerySet:
        quotes = Quote.objects.published().for_lists().select_related("appearance__organization")
        return quotes.prefetch_related(public_topics("appearance__dialogue__topics"))

    def dialogue_of(self, quote: Quote) -> Dialogue:
        return quote.appearance.dialogue

    def facets(self, quote: Quote) -> Facets:
        organization = quote.appearance.organization
        return {**super().facets(quote), **organization_facets(organization), "language": quote.language}

    def names(self, quote: Quote) -> dict[str, list[str]]:
        said = quote.appearance
        return {**super().names(quote), "speaker": [said.speaker.name], "organization": [said.affiliation]}

    def title_of(self, quote: Quote) -> str:
        return quote.appearance.speaker.name

    def context_of(self, quote: Quote) -> list[str]:
        dialogue = quote.appearance.dialogue
        return [quote.appearance.as_given, dialogue.title, date_label(dialogue), quote.get_language_display()]

    def passages(self, quote: Quote) -> Iterator[Passage]:
        yield Passage(quote.text, quote.get_absolute_url(), language=quote.language)
