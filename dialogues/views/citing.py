"""What was published, as others refer to it. A draft has no citation, whoever asks."""

from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView, View

from dialogues.citations import file_response, quote_citation, summary_citation
from dialogues.models import Paragraph, Quote, Summary


class CitedSummaryMixin:
    """A published summary, and one of its paragraphs where the address has its number."""

    def find(self):
        """(summary, paragraph); None for the paragraph where the whole is meant."""
        where = {"dialogue__slug": self.kwargs["slug"]} | {name: self.kwargs[name] for name in ("language", "version")}
        summaries = Summary.objects.published().select_related("dialogue__series", "document__clean_copy")
        summary = get_object_or_404(summaries, **where)
        if "number" not in self.kwargs:
            return summary, None
        paragraphs = Paragraph.objects.published().filter(summary=summary)
        return summary, get_object_or_404(paragraphs, number=self.kwargs["number"])


class ParagraphCitationView(CitedSummaryMixin, TemplateView):
    """One paragraph alone, with the line to cite it by."""

    template_name = "dialogues/paragraph_citation.html"

    def get_context_data(self, **kwargs):
        summary, paragraph = self.find()
        return super().get_context_data(
            dialogue=summary.dialogue,
            summary=summary,
            paragraph=paragraph,
            citation=summary_citation(summary, paragraph),
            **kwargs,
        )


class SummaryCitationFileView(CitedSummaryMixin, View):
    """A summary, or a paragraph of it, for programs that keep references."""

    def get(self, request, form, **kwargs):
        return file_response(summary_citation(*self.find()), form)


class QuoteCitationFileView(View):
    """A quote for programs that keep references."""

    def get(self, request, pk, form):
        quote = get_object_or_404(Quote.objects.published().for_lists(), pk=pk)
        return file_response(quote_citation(quote), form)
