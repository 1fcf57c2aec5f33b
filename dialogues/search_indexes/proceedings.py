"""The indexes of dialogues, speakers and quotes."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from haystack import indexes

from publishing.prepared import prepared, set_related
from search.indexes import Source
from search.models import Effect
from search.passages import Passage
from text.lists import joined
from text.localized import LocalizedText, as_written, own_name
from text.markup import strip_markdown

from ..models import Appearance, Dialogue, Organization, Panel, Quote, Series, Speaker, Topic
from ..querysets import public_topics
from ..shown_topics import add_topics
from .base import (
    DIALOGUE_FIELDS,
    ORGANIZATION_FACETS,
    TOPIC_FACET,
    TRANSLATIONS,
    Facets,
    ProceedingsIndex,
    date_label,
    dialogue_facets,
    headings_of,
    languages_of,
    merge_facets,
    organization_facets,
    page_showing,
    topic_facet,
)

# Fields of a panel with the elements of its page that show them.
PANEL_FIELDS = {"title": "title", "description": "about", "guiding_questions": "questions"}


@prepared
def panels_of(dialogues: Any) -> QuerySet[Panel]:
    """Return the public panels of dialogues."""
    return Panel.objects.published().filter(dialogue__pk__in=dialogues)


@prepared
def appearances_of(speakers: Any) -> QuerySet[Appearance]:
    """Return the public appearances of speakers, with their dialogues."""
    return Appearance.objects.published().filter(speaker__pk__in=speakers).select_related("dialogue")


class DialogueIndex(ProceedingsIndex, indexes.Indexable):
    """Dialogues, with their panels as passages and the topics of both."""

    model = Dialogue
    dialogue_path = ""
    sources: ClassVar = {
        Dialogue: Source(
            ("pk",), (*DIALOGUE_FIELDS, "original_language", "topics", "description", "venue", "city"), Effect.CHANGED
        ),
        Panel: Source(
            ("panels",),
            ("dialogue", "title", "description", "guiding_questions", "topics", *TRANSLATIONS),
            Effect.CHANGED,
        ),
        Topic: Source(
            ("topics", "panels__topics"),
            ("name", *TRANSLATIONS, "slug", "published_at"),
            Effect.CHANGED,
        ),
    }
    csl_type = "event"
    kind_name = "dialogue"
    kind_label, kind_label_plural = pgettext_lazy("a search result", "Dialogue"), _("Dialogues")

    def index_queryset(self, using: str | None = None) -> QuerySet:
        topics, topics_of_panels = public_topics(), public_topics("panels__topics")
        return self.load_all_queryset().prefetch_related("panels", topics, topics_of_panels)

    def load_all_queryset(self) -> QuerySet:
        return Dialogue.objects.published().select_related("series")

    def load(self, pks: list[int]) -> dict[int, Dialogue]:
        found = super().load(pks)
        set_related(found.values(), panels=panels_of(dialogues=list(found)))
        add_topics(found.values())
        return found

    def suggested_names(self, among: Collection[str] | None = None) -> list[str]:
        """Return the names of topics."""
        names = [topic.localized.name.text for topic in Topic.objects.published().by_name()]
        return names if among is None else [name for name in names if name in among]

    def dialogue_of(self, record: Dialogue) -> Dialogue:
        return record

    def facets(self, dialogue: Dialogue) -> Facets:
        return {**super().facets(dialogue), **topic_facet(dialogue, *dialogue.panels.all())}

    def context_of(self, dialogue: Dialogue) -> list[str]:
        return [dialogue.series.localized.name, date_label(dialogue)]

    def passages(self, dialogue: Any) -> Iterator[Passage]:
        shown, page = dialogue.localized, dialogue.get_absolute_url()
        for language in languages_of(dialogue):
            if description := strip_markdown(dialogue.written_in("description", language)):
                url = page_showing(page, language, shown.description)
                yield Passage(description, f"{url}#about", language=language)
            venue, city = (dialogue.written_in(field, language) for field in ("venue", "city"))
            if venue or city:
                url = page_showing(page, language, shown.venue if venue else shown.city)
                yield Passage(joined([venue, city]), f"{url}#where", language=language)
        for topic in dialogue.shown_topics:
            yield from headings_of(topic, "name", page, "topics")
        for panel in dialogue.panels.all():
            panel.dialogue = dialogue
            yield from self._panel_passages(panel)

    def _panel_passages(self, panel: Panel) -> Iterator[Passage]:
        unit, shown, page = ("panel", panel.number), panel.localized, panel.get_absolute_url()
        for language in languages_of(panel):
            texts = {field: strip_markdown(panel.written_in(field, language)) for field in PANEL_FIELDS}
            written = [field for field, text in texts.items() if text]
            for place, field in enumerate(written):
                url = f"{page_showing(page, language, getattr(shown, field))}#{PANEL_FIELDS[field]}"
                yield Passage(texts[field], url, *unit, language=language, continues=place > 0)

    def headings(self, dialogue: Dialogue) -> Iterator[Passage]:
        return headings_of(dialogue, "title", dialogue.get_absolute_url(), "title")

    def titles_of(self, dialogue: Dialogue) -> Iterator[LocalizedText]:
        return dialogue.in_each_language("title")

    def shown_title_of(self, dialogue: Dialogue) -> str:
        return dialogue.localized.title

    def language_of(self, dialogue: Dialogue) -> str:
        return dialogue.original_language


class SpeakerIndex(ProceedingsIndex, indexes.Indexable):
    """Speakers, by their name and their appearances, with the topics of their panels."""

    model = Speaker
    dialogue_path = "appearances__dialogue"
    sources: ClassVar = {
        Speaker: Source(("pk",), ("name", "biography", *TRANSLATIONS), Effect.CHANGED),
        Appearance: Source(
            ("appearances",), ("dialogue", "panel", "speaker", "title", "affiliation", "organization"), Effect.CHANGED
        ),
        Dialogue: Source((), (*DIALOGUE_FIELDS, "original_language")),
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
        return super().index_queryset().prefetch_related(Prefetch("appearances", public))

    def load_all_queryset(self) -> QuerySet:
        return super().index_queryset()

    def load(self, pks: list[int]) -> dict[int, Speaker]:
        found = super().load(pks)
        set_related(found.values(), appearances=appearances_of(speakers=list(found)))
        return found

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
            "dialogue_title": sorted(
                {title.text for one in appearances for title in one.dialogue.in_each_language("title")}
            ),
        }

    def date_of(self, speaker: Speaker) -> str:
        return ""

    def citation(self, speaker: Speaker) -> dict[str, Any]:
        return {"type": self.csl_type, "title": speaker.name}

    def passages(self, speaker: Speaker) -> Iterator[Passage]:
        page = speaker.get_absolute_url()
        for language in languages_of(speaker):
            biography = strip_markdown(speaker.written_in("biography", language))
            url = page_showing(page, language, speaker.localized.biography)
            yield Passage(biography, f"{url}#about", language=language)
        for appearance in speaker.appearances.all():
            for title in headings_of(appearance.dialogue, "title", page, f"at-{appearance.dialogue.slug}"):
                yield title._replace(text=joined([appearance.as_given, title.text]))

    def headings(self, speaker: Speaker) -> Iterator[Passage]:
        yield Passage(speaker.name, f"{speaker.get_absolute_url()}#title")


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
    similar_kinds = ("quote", "contribution")
    title_field = ""  # the name of its speaker, who is found as such

    def index_queryset(self, using: str | None = None) -> QuerySet:
        quotes = Quote.objects.published().for_page().select_related("appearance__organization")
        return quotes.prefetch_related(public_topics("appearance__panel__topics"))

    def load_all_queryset(self) -> QuerySet:
        return Quote.objects.published().for_lists()

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
        return [
            as_written(quote.appearance.as_given),
            dialogue.localized.title,
            date_label(dialogue),
            own_name(quote.language),
        ]

    def passages(self, quote: Quote) -> Iterator[Passage]:
        yield Passage(quote.text, f"{quote.get_absolute_url()}#quote", language=quote.language)

    def headings(self, quote: Quote) -> Iterator[Passage]:
        url, said = quote.get_absolute_url(), quote.appearance
        yield Passage(joined([said.speaker.name, said.as_given]), f"{url}#by")
        yield from headings_of(said.dialogue, "title", quote.get_absolute_url(), "at")
