"""Pages that show two summaries side by side: two languages, or two versions."""

from typing import Any

from django.http import Http404
from django.views.generic import DetailView

from publishing.pages import PublicPage
from text.differences import compare
from text.markup import strip_heading, strip_markdown

from ..models import Paragraph, Summary
from ..paragraphs import align, rank_headings
from .summaries import OneSummaryMixin, is_before, summary_head


class SummaryBesideView(OneSummaryMixin, DetailView):
    """A summary beside the newest version in another language, paragraph by paragraph."""

    public_page = PublicPage(summary_head)

    template_name = "dialogues/summary_beside.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, summary = self.request.user, self.object
        others = Summary.objects.visible_to(user).filter(dialogue=summary.dialogue, language=self.kwargs["other"])
        other = others.exclude(language=summary.language).select_related("dialogue").first()
        if other is None:
            raise Http404
        sides = [list(one.paragraphs.visible_to(user)) for one in (summary, other)]
        for side in sides:
            rank_headings(side)
        rows = [comparison_row(pair, (summary, other)) for pair in align(*sides)]
        return super().get_context_data(
            dialogue=summary.dialogue, other=other, sides=[summary, other], rows=rows, **kwargs
        )


class SummaryChangesView(OneSummaryMixin, DetailView):
    """The changes since the previous version, or since an earlier one with `?with=1`."""

    public_page = PublicPage(summary_head)

    template_name = "dialogues/summary_changes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, summary = self.request.user, self.object
        versions = Summary.objects.visible_to(user).filter(dialogue=summary.dialogue).select_related("dialogue")
        earlier = [other for other in versions if is_before(other, summary)]
        requested = self.request.GET.get("with", "")
        before = next((other for other in earlier if requested in ("", str(other.version))), None)
        if before is None:
            raise Http404
        pairs = compare(plain_text(before, user), plain_text(summary, user))
        return super().get_context_data(
            dialogue=summary.dialogue,
            before=before,
            earlier=earlier,
            pairs=[pair for pair in pairs if not pair.is_same],
            same_count=sum(pair.is_same for pair in pairs),
            **kwargs,
        )


def comparison_row(pair: tuple[Paragraph | None, Paragraph | None], summaries: tuple[Summary, Summary]) -> dict:
    """Return a row of two languages: its anchor or nothing, and (summary, paragraph or None) for each side."""
    anchor = next((paragraph.anchor for paragraph in pair if paragraph and paragraph.number), "")
    for paragraph, summary in zip(pair, summaries, strict=True):
        if paragraph:
            paragraph.summary = summary  # with its dialogue, which the address of the paragraph needs
    return {"anchor": anchor, "cells": list(zip(summaries, pair, strict=True))}


def plain_text(summary: Summary, user: Any) -> str:
    """Return the words of a summary, each paragraph with its number on a line of its own."""
    return "".join(f"{_plain_line(paragraph)}\n" for paragraph in summary.paragraphs.visible_to(user))


def _plain_line(paragraph: Paragraph) -> str:
    if paragraph.level:
        return strip_heading(paragraph.text)
    words = " ".join(strip_markdown(paragraph.text).split())
    return words if paragraph.number is None else f"{paragraph.number}. {words}"
