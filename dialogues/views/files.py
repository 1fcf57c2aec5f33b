"""Downloads of files of proceedings. Each view asks the gate, then `documents.file_responses` sends the file."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.generic import View

from documents.file_responses import send_document, send_picture
from publishing.models import with_address_number

from ..models import Paper, Speaker, Summary


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


class PortraitView(View):
    """The portrait of a speaker in one of the fixed widths."""

    def get(self, request: HttpRequest, slug: str, width: int) -> HttpResponseBase:
        speakers = Speaker.objects.visible_to(request.user).exclude(portrait=None).select_related("portrait")
        picture = get_object_or_404(speakers, slug=slug).portrait
        if picture.rendition_for(width) is None:
            raise Http404
        return send_picture(request, picture, width)
