"""Citations of published records. Drafts cannot be cited, not even by those who may read them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView, View

from ..citations import file_response, quote_citation, summary_citation
from ..models import Paragraph, Quote, Summary


class CitedSummaryMixin(View):
    """A view of a published summary, or of one of its paragraphs if the address has its anchor."""

    def get_cited(self) -> tuple[Summary, Paragraph | None]:
        """Return the summary, and the paragraph or None. Raise Http404 if they are not public."""
        place = {"dialogue__slug": self.kwargs["slug"]} | {name: self.kwargs[name] for name in ("language", "version")}
        summaries = Summary.objects.published().select_related("dialogue__series", "document__clean_copy")
        summary = get_object_or_404(summaries, **place)
        if "anchor" not in self.kwargs:
            return summary, None
        paragraphs = Paragraph.objects.published().filter(summary=summary)
        return summary, get_object_or_404(paragraphs.at(self.kwargs["anchor"]))


class ParagraphCitationView(CitedSummaryMixin, TemplateView):
    """One paragraph with its citation."""

    template_name = "dialogues/paragraph_citation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        summary, paragraph = self.get_cited()
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
        return file_response(summary_citation(*self.get_cited()), form)


class QuoteCitationFileView(View):
    """The citation of a quote as a file for reference managers."""

    def get(self, request: HttpRequest, number: int, form: str) -> HttpResponse:
        quote = get_object_or_404(Quote.objects.published().for_page(), number=number)
        return file_response(quote_citation(quote), form)
