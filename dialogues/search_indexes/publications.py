"""The indexes of what dialogues publish: summaries, papers and news."""

from collections.abc import Collection, Iterator
from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from haystack import indexes

from documents.models import Document
from search.indexes import EVERY_SAVE, RecordIndex, Source
from search.models import Effect
from search.passages import Passage
from text.localized import LocalizedPhrase, LocalizedText, own_name
from text.markup import strip_heading, strip_markdown

from ..models import Dialogue, NewsItem, Panel, Paper, Paragraph, Recommendation, Summary, Topic
from ..querysets import public_topics
from .base import (
    DIALOGUE_FIELDS,
    TOPIC_FACET,
    Facets,
    ProceedingsIndex,
    date_label,
    dialogue_facets,
    dialogue_names,
    file_passages,
    headings_of,
    languages_of,
    merge_facets,
    page_showing,
    text_passages,
    topic_facet,
)

TITLE = _("%(name)s: %(dialogue)s")  # of a summary


class SummaryIndex(ProceedingsIndex, indexes.Indexable):
    """Summaries, with each paragraph as a passage.

    A summary reports its whole dialogue, so it has the topics of the dialogue and of all its panels.
    """

    model = Summary
    keeps_texts = True
    sources: ClassVar = {
        Summary: Source(("pk",), ("dialogue", "language", "published_at"), Effect.CHANGED),
        Paragraph: Source(("paragraphs",), ("summary", "position", "text", "recommendation"), Effect.CHANGED),
        Recommendation: Source(("paragraphs__recommendation",), ("kind",), Effect.CHANGED),
        Dialogue: Source((), (*DIALOGUE_FIELDS, "original_language", "topics")),
        Panel: Source(("dialogue__panels",), ("dialogue", "topics"), left=Effect.REFRESH),
        Topic: Source(("dialogue__topics", "dialogue__panels__topics"), *TOPIC_FACET),
    }
    csl_type = "report"
    kind_name, kind_label, kind_label_plural = "summary", _("Summary"), _("Summaries")
    similar_kinds = ("contribution", "quote")
    units: ClassVar = {
        **ProceedingsIndex.units,
        "recommendation": _("Recommendation, paragraph %d"),
        "conclusion": _("Conclusion, paragraph %d"),
        "outcome": _("Outcome, paragraph %d"),
    }

    def index_queryset(self, using: str | None = None) -> QuerySet:
        topics = (public_topics("dialogue__topics"), public_topics("dialogue__panels__topics"))
        summaries = Summary.objects.published().select_related("dialogue__series")
        return summaries.prefetch_related("paragraphs__recommendation", "dialogue__panels", *topics)

    def load_all_queryset(self) -> QuerySet:
        return Summary.objects.published().named().select_related("dialogue__series")

    def facets(self, summary: Summary) -> Facets:
        topics = topic_facet(summary.dialogue, *summary.dialogue.panels.all())
        return {**super().facets(summary), **topics, "language": summary.language}

    def titles(self, pks: Collection[int]) -> dict[int, str]:
        summaries = Summary.objects.published().named().filter(pk__in=pks).select_related("dialogue")
        return {summary.pk: self.shown_title_of(summary) for summary in summaries}

    def title_of(self, summary: Summary) -> str:
        return str(TITLE % {"name": summary.name, "dialogue": summary.dialogue.title})

    def titles_of(self, summary: Summary) -> Iterator[LocalizedText]:
        original, *translations = summary.dialogue.in_each_language("title")
        # The same for one chair and for several, so that a change of people changes no document.
        yield LocalizedText(f"Co-Chairs’ summary: {original.text}", original.language)
        yield from translations

    def shown_title_of(self, summary: Summary) -> str:
        return LocalizedPhrase(str(TITLE), {"name": str(summary.name), "dialogue": summary.dialogue.localized.title})

    def language_of(self, summary: Summary) -> str:
        return summary.dialogue.original_language

    def context_of(self, summary: Summary) -> list[str]:
        return [date_label(summary.dialogue), own_name(summary.language)]

    def passages(self, summary: Summary) -> Iterator[Passage]:
        url = summary.get_absolute_url()
        for place, paragraph in enumerate(summary.paragraphs.all()):
            unit, number = ("", 0) if paragraph.number is None else (unit_of(paragraph), paragraph.number)
            strip = strip_heading if paragraph.level else strip_markdown
            address = f"{url}#{paragraph.anchor}"
            yield Passage(strip(paragraph.text), address, unit, number, language=summary.language, continues=place > 0)

    def headings(self, summary: Summary) -> Iterator[Passage]:
        return headings_of(summary.dialogue, "title", summary.get_absolute_url(), "title")


def unit_of(paragraph: Paragraph) -> str:
    """Return the unit of a numbered paragraph, with its part if that is not the first, as in an annex.

    Results name a paragraph that staff marked as a recommendation, a conclusion or an outcome by that.
    """
    unit = paragraph.recommendation.kind if paragraph.recommendation else "paragraph"
    return unit if paragraph.part == 1 else f"{unit}/{paragraph.part}"


class PaperIndex(ProceedingsIndex, indexes.Indexable):
    """Papers, with each page of their file as a passage."""

    model = Paper
    keeps_texts = True
    sources: ClassVar = {
        Paper: Source(
            ("pk",), ("dialogue", "title", "translations", "language", "document", "published_at"), Effect.CHANGED
        ),
        Document: Source(("document",), EVERY_SAVE, Effect.CHANGED),  # it is saved once its pages are written
    }
    csl_type = "report"
    kind_name, kind_label, kind_label_plural = "paper", _("Paper"), _("Papers")

    def index_queryset(self, using: str | None = None) -> QuerySet:
        papers = super().index_queryset().select_related("dialogue__series", "document__clean_copy")
        return papers.prefetch_related("document__pages")

    def load_all_queryset(self) -> QuerySet:
        return super().index_queryset().select_related("dialogue__series")

    def facets(self, paper: Paper) -> Facets:
        return {**super().facets(paper), "language": paper.language}

    def language_of(self, paper: Paper) -> str:
        return paper.language

    def context_of(self, paper: Paper) -> list[str]:
        dialogue = paper.dialogue
        return [paper.get_kind_display(), dialogue.localized.title, date_label(dialogue), own_name(paper.language)]

    def titles_of(self, paper: Paper) -> Iterator[LocalizedText]:
        return paper.in_each_language("title")

    def shown_title_of(self, paper: Paper) -> str:
        return paper.localized.title

    def passages(self, paper: Paper) -> Iterator[Passage]:
        return file_passages(paper.document, paper.get_absolute_url(), paper.language)

    def headings(self, paper: Paper) -> Iterator[Passage]:
        yield from headings_of(paper, "title", paper.get_absolute_url(), "title")
        yield from headings_of(paper.dialogue, "title", paper.get_absolute_url(), "at")


class NewsItemIndex(ProceedingsIndex, indexes.Indexable):
    """News items, by their words and the dialogues that they are about."""

    model = NewsItem
    dialogue_path = "dialogues"
    sources: ClassVar = {
        NewsItem: Source(
            ("pk",),
            ("title", "text", "translations", "language", "issued_on", "dialogues", "published_at"),
            Effect.CHANGED,
        ),
    }
    csl_type = "article-newspaper"
    kind_name, kind_label, kind_label_plural = "news", _("News"), _("News")

    def index_queryset(self, using: str | None = None) -> QuerySet:
        public = Dialogue.objects.published().select_related("series")
        return super().index_queryset().prefetch_related(Prefetch("dialogues", public))

    def facets(self, item: NewsItem) -> Facets:
        facets: Facets = {"language": item.language}
        for dialogue in item.dialogues.all():
            merge_facets(facets, dialogue_facets(dialogue))
        return facets

    def names(self, item: NewsItem) -> dict[str, list[str]]:
        names = {name for one in item.dialogues.all() for name in dialogue_names(one)}
        return {"dialogue_title": sorted(names)}

    def date_of(self, item: NewsItem) -> str:
        return item.issued_on.isoformat() if item.issued_on else ""

    def language_of(self, item: NewsItem) -> str:
        return item.language

    def context_of(self, item: NewsItem) -> list[str]:
        issued = date_format(item.issued_on, "DATE_FORMAT") if item.issued_on else ""
        return [item.localized.place, issued, own_name(item.language)]

    def citation(self, item: NewsItem) -> dict[str, Any]:
        return RecordIndex.citation(self, item)  # it can be about several dialogues, so it is within none

    def passages(self, item: NewsItem) -> Iterator[Passage]:
        for language in languages_of(item):
            url = page_showing(item.get_absolute_url(), language, item.localized.text)
            yield from text_passages(item.written_in("text", language), url, language)

    def headings(self, item: NewsItem) -> Iterator[Passage]:
        return headings_of(item, "title", item.get_absolute_url(), "title")

    def titles_of(self, item: NewsItem) -> Iterator[LocalizedText]:
        return item.in_each_language("title")

    def shown_title_of(self, item: NewsItem) -> str:
        return item.localized.title
