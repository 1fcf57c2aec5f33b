"""Citations of published records. Drafts cannot be cited, not even by those who may read them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView, View

from ..citations import file_response, quote_citation, summary_citation
from ..models import Paragraph, Quote, Summary
from .summaries import add_languages


class CitedSummaryMixin(View):
    """A view of a published summary, or of one of its paragraphs if the address has its anchor."""

    def get_summary(self) -> Summary:
        """Return the summary. Raise Http404 if it is not public."""
        place = {"dialogue__slug": self.kwargs["slug"]} | {name: self.kwargs[name] for name in ("language", "version")}
        summaries = Summary.objects.published().select_related("dialogue__series", "document__clean_copy")
        return get_object_or_404(summaries, **place)

    def get_paragraph(self, summary: Summary) -> Paragraph:
        """Return the paragraph. Raise Http404 if it is not public."""
        paragraphs = Paragraph.objects.published().filter(summary=summary)
        return get_object_or_404(paragraphs.at(self.kwargs["anchor"]))


class ParagraphCitationView(CitedSummaryMixin, TemplateView):
    """One paragraph with its citation, its link and the other languages that it is available in."""

    template_name = "dialogues/paragraph_citation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        summary = self.get_summary()
        paragraph = self.get_paragraph(summary)
        published = Summary.objects.published().filter(dialogue=summary.dialogue).select_related("dialogue")
        languages = list(published.exclude(language=summary.language).current())
        add_languages([paragraph], summary, languages, self.request.user)
        return super().get_context_data(
            dialogue=summary.dialogue,
            summary=summary,
            paragraph=paragraph,
            citation=summary_citation(summary, paragraph),
            **kwargs,
        )


class SummaryCitationFileView(CitedSummaryMixin, View):
    """The citation of a summary or of a paragraph as a file for reference managers."""

    def get(self, request: HttpRequest, form: str, **kwargs: Any) -> HttpResponse:
        summary = self.get_summary()
        paragraph = self.get_paragraph(summary) if "anchor" in self.kwargs else None
        return file_response(summary_citation(summary, paragraph), form)


class QuoteCitationFileView(View):
    """The citation of a quote as a file for reference managers."""

    def get(self, request: HttpRequest, number: int, form: str) -> HttpResponse:
        quote = get_object_or_404(Quote.objects.published().for_page(), number=number)
        return file_response(quote_citation(quote), form)
