from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from haystack import indexes

from dialogues.models import Paper, Summary
from documents.models import Document, Kind
from search.indexes import Passage
from text.markup import strip_markdown

from .proceedings import ProceedingsIndex, day_of, public_topics

PIECE = 6_000  # characters, some two pages


class SummaryIndex(ProceedingsIndex, indexes.Indexable):
    """A summary, found by the paragraph."""

    model = Summary
    csl_type = "report"
    kind_name, kind_label, kind_label_plural = "summary", _("Summary"), _("Summaries")

    def index_queryset(self, using=None):
        summaries = super().index_queryset().select_related("dialogue__series").prefetch_related("paragraphs")
        return summaries.prefetch_related(public_topics("dialogue__topics"))

    def facets(self, summary):
        return {**super().facets(summary), "language": summary.language}

    def title_of(self, summary):
        return gettext("Co-Chairs’ summary: %s") % summary.dialogue.title

    def context_of(self, summary):
        return [day_of(summary.dialogue), summary.get_language_display()]

    def passages(self, summary):
        address, language = summary.get_absolute_url(), summary.language
        for paragraph in summary.paragraphs.all():
            if paragraph.number is None:
                yield Passage(strip_markdown(paragraph.text), address, language=language)
            else:
                label = gettext("Paragraph %d") % paragraph.number
                yield Passage(strip_markdown(paragraph.text), f"{address}#p{paragraph.number}", label, language)


class PaperIndex(ProceedingsIndex, indexes.Indexable):
    """A paper, found by the page of its file."""

    model = Paper
    csl_type = "report"
    kind_name, kind_label, kind_label_plural = "paper", _("Paper"), _("Papers")

    def affected_by(self, instance):
        return self.ids(document=instance) if isinstance(instance, Document) else super().affected_by(instance)

    def index_queryset(self, using=None):
        papers = super().index_queryset().select_related("dialogue__series", "document")
        return papers.prefetch_related("document__pages", public_topics("dialogue__topics"))

    def facets(self, paper):
        return {**super().facets(paper), "language": paper.language}

    def language_of(self, paper):
        return paper.language

    def context_of(self, paper):
        return [paper.get_kind_display(), paper.dialogue.title, day_of(paper.dialogue), paper.get_language_display()]

    def passages(self, paper):
        return pages_of(paper.document, paper.get_absolute_url(), paper.language)


def pages_of(document, address, language):
    """A stored file's text as passages, each with the page of the file where it stands."""
    for page in document.pages.all():
        if document.kind == Kind.PDF:
            place, label = f"{address}#page={page.number}", gettext("Page %d") % page.number
        else:
            place, label = address, ""
        for text in pieces(page.text):
            yield Passage(text, place, label, language, is_file=True)


def pieces(text):
    """A text in pieces of a page's length: a file without pages may be as long as a book."""
    while len(text) > PIECE:
        cut = text.rfind("\n", PIECE // 2, PIECE) + 1 or text.rfind(" ", PIECE // 2, PIECE) + 1 or PIECE
        yield text[:cut]
        text = text[cut:]
    yield text
