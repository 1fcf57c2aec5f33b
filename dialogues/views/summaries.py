from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import DetailView, View

from dialogues import citations, linked_data
from dialogues.cards import card_of_summary
from dialogues.consultation import consultation
from dialogues.heads import steps_within
from dialogues.models import Paragraph, Summary
from dialogues.outline import outline
from dialogues.sections import summary_sections, with_sections
from publishing.pages import Head, PublicPage, Records, shorten
from text.markup import strip_markdown


class SummaryCurrentView(View):
    """The newest published version, in the reader's language where there is one, else English, else any."""

    def get(self, request, slug):
        current = Summary.objects.published().filter(dialogue__slug=slug).current().select_related("dialogue")
        by_language = {summary.language: summary for summary in current}
        if not by_language:
            raise Http404
        wanted = [get_language()[:2], "en", *by_language]
        return redirect(next(by_language[code] for code in wanted if code in by_language))


class OneSummaryMixin:
    """A page about the summary that its address names: a dialogue, a language and a version."""

    def get_object(self, queryset=None):
        return get_object_or_404(
            Summary.objects.visible_to(self.request.user).select_related("dialogue__series", "document__clean_copy"),
            dialogue__slug=self.kwargs["slug"],
            language=self.kwargs["language"],
            version=self.kwargs["version"],
        )


def summary_head(context: Mapping[str, Any]) -> Head:
    """Return the head of a page about a summary, described by the beginning of its text where the page has it."""
    summary = context["summary"]
    title = _("Co-Chairs’ summary, %(dialogue)s (%(language)s)") % {
        "dialogue": summary.dialogue,
        "language": summary.get_language_display(),
    }
    paragraphs = context.get("paragraphs", ())
    text = next((strip_markdown(paragraph.text) for paragraph in paragraphs if not paragraph.level), "")
    return Head(
        title,
        shorten(text) or title,
        steps_within(summary.dialogue),
        [linked_data.report(summary)],
        "article",
        card_of_summary(summary),
        reverse("cards:summary", args=[summary.dialogue.slug, summary.language, summary.version]),
    )


def public_summaries():
    """Return the public summaries with what their addresses need."""
    return Summary.objects.published().select_related("dialogue")


class SummaryDetailView(OneSummaryMixin, DetailView):
    """A summary in one language and version, paragraph by paragraph."""

    public_page = PublicPage(summary_head, Records("summaries", public_summaries))

    def get_context_data(self, **kwargs):
        user, summary = self.request.user, self.object
        versions = list(Summary.objects.visible_to(user).filter(dialogue=summary.dialogue).select_related("dialogue"))
        paragraphs = with_sections(list(summary.paragraphs.visible_to(user)), summary, user)
        languages = [other for other in newest(versions) if other.language != summary.language]
        lead_to_languages(paragraphs, languages, user)
        return super().get_context_data(
            dialogue=summary.dialogue,
            paragraphs=paragraphs,
            headings=outline(paragraphs),
            citation=citations.of_summary(summary) if is_citable(summary) else None,
            languages=languages,
            versions=[other for other in versions if other.language == summary.language],
            before=next((other for other in versions if is_before(other, summary)), None),
            newest=next(other for other in versions if other.language == summary.language),
            sections=summary_sections(summary, user),
            consultation=consultation(summary, user),
            **kwargs,
        )


def is_citable(summary):
    """Whether everyone may read it: a draft is not cited, and may be gone tomorrow."""
    return summary.is_published and summary.dialogue.is_published


def newest(versions):
    """The first of each language among summaries in the model's order, which has the highest version first."""
    seen = {}
    for summary in versions:
        seen.setdefault(summary.language, summary)
    return list(seen.values())


def is_before(other, summary):
    """Whether a summary is an earlier version of another."""
    return other.language == summary.language and other.version < summary.version


def lead_to_languages(paragraphs, languages, user):
    """Give each paragraph, as `elsewhere`, the summaries in other languages that have its number."""
    numbers = Paragraph.objects.visible_to(user).filter(summary__in=languages).values_list("summary", "number")
    there = set(numbers) if languages else set()
    for paragraph in paragraphs:
        paragraph.elsewhere = [
            other for other in languages if (other.pk, paragraph.number) in there and paragraph.number
        ]
