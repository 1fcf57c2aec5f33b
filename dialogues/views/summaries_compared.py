from django.http import Http404
from django.views.generic import DetailView

from dialogues.alignment import align
from dialogues.differences import compare
from dialogues.models import Summary
from dialogues.outline import outline
from publishing.pages import PublicPage
from text.markup import strip_markdown

from .summaries import OneSummaryMixin, is_before, summary_head


class SummaryBesideView(OneSummaryMixin, DetailView):
    """A summary beside the newest version of another language, paragraph by paragraph."""

    public_page = PublicPage(summary_head)

    template_name = "dialogues/summary_beside.html"

    def get_context_data(self, **kwargs):
        user, summary = self.request.user, self.object
        others = Summary.objects.visible_to(user).filter(dialogue=summary.dialogue, language=self.kwargs["other"])
        other = others.exclude(language=summary.language).select_related("dialogue").first()
        if other is None:
            raise Http404
        sides = [list(one.paragraphs.visible_to(user)) for one in (summary, other)]
        for side in sides:
            outline(side)
        rows = [row_of(pair, (summary, other)) for pair in align(*sides)]
        return super().get_context_data(
            dialogue=summary.dialogue, other=other, sides=[summary, other], rows=rows, **kwargs
        )


class SummaryChangesView(OneSummaryMixin, DetailView):
    """What changed since the version before, or since the one that the address asks for with `?with=1`."""

    public_page = PublicPage(summary_head)

    template_name = "dialogues/summary_changes.html"

    def get_context_data(self, **kwargs):
        user, summary = self.request.user, self.object
        versions = Summary.objects.visible_to(user).filter(dialogue=summary.dialogue).select_related("dialogue")
        earlier = [other for other in versions if is_before(other, summary)]
        asked = self.request.GET.get("with", "")
        before = next((other for other in earlier if asked in ("", str(other.version))), None)
        if before is None:
            raise Http404
        pairs = compare(lines_of(before, user), lines_of(summary, user))
        return super().get_context_data(
            dialogue=summary.dialogue,
            before=before,
            earlier=earlier,
            pairs=[pair for pair in pairs if not pair.is_same],
            same_count=sum(pair.is_same for pair in pairs),
            **kwargs,
        )


def row_of(pair, summaries):
    """A row of two languages: its number, if it has one, and for each side the summary and its paragraph or None."""
    number = next((one.number for one in pair if one), None)
    for paragraph, summary in zip(pair, summaries, strict=True):
        if paragraph:
            paragraph.summary = summary  # whose address needs its dialogue, which is at hand
    return {"number": number, "cells": list(zip(summaries, pair, strict=True))}


def lines_of(summary, user):
    """The words of a summary, each paragraph on a line of its own with its number."""
    paragraphs = summary.paragraphs.visible_to(user)
    return "".join(f"{number_of(one)}{' '.join(strip_markdown(one.text).split())}\n" for one in paragraphs)


def number_of(paragraph):
    return "" if paragraph.number is None else f"{paragraph.number}. "
