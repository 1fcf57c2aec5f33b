"""Files of proceedings: the pages on which papers are read, and downloads. Each view asks the gate first."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.generic import DetailView, View

from documents.file_responses import send_document, send_pdf, send_picture
from documents.file_text import part_context
from publishing.models import with_address_number
from publishing.pages import Head, PublicPage, Records
from text.words import shorten

from ..heads import paper_report, shared_card, steps_within
from ..models import Paper, Speaker, Summary
from ..summary_pdfs import current_pdf


def paper_head(context: Mapping[str, Any]) -> Head:
    """Return the head of a paper's page, described by the beginning of its text."""
    paper, part = context["paper"], context["part"]
    asked = _("%(kind)s of %(dialogue)s.") % {
        "kind": paper.get_kind_display(),
        "dialogue": paper.dialogue.localized.title.text,
    }
    description = shorten(" ".join(part.opening)) if part else ""
    return Head(
        paper.localized.title.text,
        description or asked,
        steps_within(paper.dialogue),
        [paper_report(paper)],
        **shared_card(paper.dialogue),
    )


def public_papers() -> QuerySet:
    """Return the public papers whose file can be read, with what their addresses need."""
    return Paper.objects.published().exclude(document__clean_copy=None).select_related("dialogue")


class PaperDetailView(DetailView):
    """A paper, read on the page: the text of its file by page and paragraph."""

    public_page = PublicPage(paper_head, Records("papers", public_papers), ("page",))

    def get_object(self, queryset: QuerySet | None = None) -> Paper:
        papers = Paper.objects.visible_to(self.request.user).select_related("dialogue__series", "document__clean_copy")
        return get_object_or_404(papers, with_address_number(self.kwargs["number"]), dialogue__slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        file = part_context(self.object.document, self.request.GET.get("page", "1"))
        return super().get_context_data(**file, dialogue=self.object.dialogue, language=self.object.language, **kwargs)


class PaperFileView(View):
    """The file of a paper."""

    def get(self, request: HttpRequest, slug: str, number: str) -> HttpResponseBase:
        papers = Paper.objects.visible_to(request.user).select_related("document__clean_copy")
        paper = get_object_or_404(papers, with_address_number(number), dialogue__slug=slug)
        name = f"{slug}-{slugify(paper.title)[:60]}-{paper.language}"
        return send_document(request, paper.document, filename=name, language=paper.language)


class SummaryFileView(View):
    """The original file of a summary, as a clean copy."""

    def get(self, request: HttpRequest, slug: str, language: str, version: int) -> HttpResponseBase:
        summaries = (
            Summary.objects.visible_to(request.user).exclude(document=None).select_related("document__clean_copy")
        )
        summary = get_object_or_404(summaries, dialogue__slug=slug, language=language, version=version)
        name = f"{slug}-summary-{language}-v{version}"
        return send_document(request, summary.document, filename=name, language=language)


class SummaryPdfView(View):
    """A public summary as PDF, while the file shows the summary as it is now."""

    def get(self, request: HttpRequest, slug: str, language: str, version: int) -> HttpResponseBase:
        summaries = Summary.objects.published().select_related("dialogue")
        summary = get_object_or_404(summaries, dialogue__slug=slug, language=language, version=version)
        pdf = current_pdf(summary, summary.paragraphs.select_related("recommendation"))
        if pdf is None:
            raise Http404
        return send_pdf(request, pdf.file, filename=f"{slug}-summary-{language}-v{version}", key=pdf.key)


class PortraitView(View):
    """The portrait of a speaker in one of the fixed widths."""

    def get(self, request: HttpRequest, slug: str, width: int) -> HttpResponseBase:
        speakers = Speaker.objects.visible_to(request.user).exclude(portrait=None).select_related("portrait")
        picture = get_object_or_404(speakers, slug=slug).portrait
        if picture.rendition_for(width) is None:
            raise Http404
        return send_picture(request, picture, width)
