"""The indexes of what dialogues publish: summaries, papers and news."""

from collections.abc import Collection, Iterator
from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from haystack import indexes

from documents.models import Document
from search.indexes import Passage, RecordIndex
from text.markup import strip_markdown

from ..models import Dialogue, NewsItem, Paper, Summary
from .proceedings import (
    Facets,
    ProceedingsIndex,
    date_label,
    dialogue_facets,
    document_passages,
    merge_facets,
    public_topics,
    split_long,
)


class SummaryIndex(ProceedingsIndex, indexes.Indexable):
    """Summaries, with each paragraph as a passage."""

    model = Summary
    csl_type = "report"
    kind_name, kind_label, kind_label_plural = "summary", _("Summary"), _("Summaries")

    def index_queryset(self, using: str | None = None) -> QuerySet:
        summaries = super().index_queryset().select_related("dialogue__series").prefetch_related("paragraphs")
        return summaries.prefetch_related(public_topics("dialogue__topics"))

    def facets(self, summary: Summary) -> Facets:
        return {**super().facets(summary), "language": summary.language}

    def titles(self, pks: Collection[int]) -> dict[int, str]:
        summaries = Summary.objects.published().filter(pk__in=pks).select_related("dialogue")
        return {summary.pk: self.title_of(summary) for summary in summaries}

    def title_of(self, summary: Summary) -> str:
        return gettext("Co-Chairs’ summary: %s") % summary.dialogue.title

    def context_of(self, summary: Summary) -> list[str]:
        return [date_label(summary.dialogue), summary.get_language_display()]

    def passages(self, summary: Summary) -> Iterator[Passage]:
        url, language = summary.get_absolute_url(), summary.language
        for paragraph in summary.paragraphs.all():
            if paragraph.number is None:
                yield Passage(strip_markdown(paragraph.text), url, language=language)
            else:
                label = gettext("Paragraph %d") % paragraph.number
                yield Passage(strip_markdown(paragraph.text), f"{url}#p{paragraph.number}", label, language)


class PaperIndex(ProceedingsIndex, indexes.Indexable):
    """Papers, with each page of their file as a passage."""

    model = Paper
    related_lookups: ClassVar = {Document: ("document",)}
    csl_type = "report"
    kind_name, kind_label, kind_label_plural = "paper", _("Paper"), _("Papers")

    def index_queryset(self, using: str | None = None) -> QuerySet:
        papers = super().index_queryset().select_related("dialogue__series", "document")
        return papers.prefetch_related("document__pages", public_topics("dialogue__topics"))

    def facets(self, paper: Paper) -> Facets:
        return {**super().facets(paper), "language": paper.language}

    def language_of(self, paper: Paper) -> str:
        return paper.language

    def context_of(self, paper: Paper) -> list[str]:
        dialogue = paper.dialogue
        return [paper.get_kind_display(), dialogue.title, date_label(dialogue), paper.get_language_display()]

    def passages(self, paper: Paper) -> Iterator[Passage]:
        return document_passages(paper.document, paper.get_absolute_url(), paper.language)


class NewsItemIndex(ProceedingsIndex, indexes.Indexable):
    """News items, by their words and the dialogues that they are about."""

    model = NewsItem
    dialogue_path = "dialogues"
    csl_type = "article-newspaper"
    kind_name, kind_label, kind_label_plural = "news", _("News"), _("News")

    def index_queryset(self, using: str | None = None) -> QuerySet:
        public = Dialogue.objects.published().select_related("series").prefetch_related(public_topics("topics"))
        return super().index_queryset().prefetch_related(Prefetch("dialogues", public))

    def facets(self, item: NewsItem) -> Facets:
        facets: Facets = {"language": item.language}
        for dialogue in item.dialogues.all():
            merge_facets(facets, dialogue_facets(dialogue))
        return facets

    def names(self, item: NewsItem) -> dict[str, list[str]]:
        names = {name for one in item.dialogues.all() for name in (one.title, one.series.name, one.slug)}
        return {"dialogue_title": sorted(names)}

    def date_of(self, item: NewsItem) -> str:
        return item.issued_on.isoformat() if item.issued_on else ""

    def language_of(self, item: NewsItem) -> str:
        return item.language

    def context_of(self, item: NewsItem) -> list[str]:
        issued = date_format(item.issued_on, "DATE_FORMAT") if item.issued_on else ""
        return [item.place, issued, item.get_language_display()]

    def citation(self, item: NewsItem) -> dict[str, Any]:
        return RecordIndex.citation(self, item)  # it can be about several dialogues, so it is within none

    def passages(self, item: NewsItem) -> Iterator[Passage]:
        for text in split_long(strip_markdown(item.text)):
            yield Passage(text, item.get_absolute_url(), language=item.language)
