"""The admin page on which staff choose the sources of each paragraph of a summary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from dialogues.models import Paragraph, Summary

from .. import workflow
from ..models import Reflection
from ..reflections.proposals import proposals, search_sources
from ..reflections.sources import Source, decisions_for, public_record, public_sources, source_of


class SourcesMixin(admin.ModelAdmin):
    """Adds the page of a summary's sources to the admin of contributions. The admin of summaries links to it."""

    def get_urls(self) -> list:
        sources_of = self.admin_site.admin_view(self.sources)
        return [path("sources/<int:pk>/", sources_of, name="contributions_contribution_sources"), *super().get_urls()]

    def sources(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show decisions and proposals, or save a decision and return to its paragraph."""
        summary = get_object_or_404(Summary.objects.visible_to(request.user).select_related("dialogue"), pk=pk)
        if not request.user.has_perm("dialogues.change_summary"):
            raise PermissionDenied
        if request.method == "POST":
            return self._decide(request, summary)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Sources"),
            "summary": summary,
            "paragraphs": _paragraph_rows(summary, request.user, request.GET),
        }
        return TemplateResponse(request, "admin/contributions/sources.html", context)

    def _decide(self, request: HttpRequest, summary: Summary) -> HttpResponse:
        paragraph = get_object_or_404(summary.paragraphs, number=_paragraph_number(request.POST))
        decide = _confirm if request.POST.get("verb") == "confirm" else _dismiss
        try:
            self.message_user(request, decide(paragraph, request), messages.SUCCESS)
        except ValidationError as error:
            self.message_user(request, error.messages[0], messages.ERROR)
        return redirect(f"{request.path}#p{paragraph.number}")


def _paragraph_number(query: Mapping[str, str]) -> int:
    """Return the number of the paragraph in a query, or 0, which no paragraph has, if there is none."""
    number = query.get("paragraph", "")
    return int(number) if number.isdecimal() and len(number) < 6 else 0


def _confirm(paragraph: Paragraph, request: HttpRequest) -> str:
    source = public_record(request.POST.get("source", ""))
    if source is None:
        raise ValidationError(_("That is public no more: nothing was changed."))
    workflow.confirm_reflection(paragraph, source, by=request.user, place=request.POST.get("place", ""))
    return _("Confirmed as a source of paragraph %d.") % paragraph.number


def _dismiss(paragraph: Paragraph, request: HttpRequest) -> str:
    """Dismiss a source, even one that is no longer public if it was confirmed before."""
    key = request.POST.get("source", "")
    row = next((row for row in paragraph.reflections.all() if row.key == key), None)
    source = row.contribution or row.quote if row else public_record(key)
    if source is None:
        raise ValidationError(_("That is public no more: nothing was changed."))
    workflow.dismiss_reflection(paragraph, source, by=request.user)
    return _("Not a source of paragraph %d; it is not proposed again.") % paragraph.number


def _paragraph_rows(summary: Summary, user: Any, query: Mapping[str, str]) -> list[Paragraph]:
    """Return the numbered paragraphs, each with its decisions, proposals and the results of a search by hand."""
    paragraphs = list(summary.paragraphs.exclude(number=None))
    proposed = proposals(summary, paragraphs)
    decided = decisions_for(summary, Reflection.objects.visible_to(user))
    known = public_sources(row for rows in decided.values() for row in rows)
    for paragraph in paragraphs:
        rows = [_decision(row, known, summary) for row in decided.get(paragraph.number, [])]
        paragraph.confirmed = [row for row in rows if row.is_confirmed]
        paragraph.dismissed = [row for row in rows if not row.is_confirmed and row.source]
        paragraph.proposed = [_proposal(hit) for hit in proposed[paragraph.number]]
        if paragraph.number == _paragraph_number(query):
            paragraph.words = query.get("words", "")
            paragraph.found = search_sources(summary.dialogue, paragraph.words)
    return paragraphs


def _decision(row: Any, known: Mapping[str, Source], summary: Summary) -> Any:
    """Set `source` (None if it is not public), and whether the decision is about another language."""
    row.source = known[row.key].at(row.place) if row.key in known else None
    row.is_followed = row.paragraph.summary_id != summary.pk
    return row


def _proposal(hit: Any) -> dict[str, Any]:
    """Return a proposed source with the nearest passage, in which the shared words are marked, and its place."""
    place = hit.url.removeprefix(hit.record.get_absolute_url())
    return {"source": source_of(hit.record).at(place), "place": place, "passage": hit.snippet.html}
