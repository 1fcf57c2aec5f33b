from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import DetailView, View

from publishing.pages import Head, PublicPage, Records
from publishing.prepared import prepared
from text.markup import strip_markdown
from text.words import shorten

from ..cards import card_of_summary
from ..citations import summary_citation
from ..forms import CommentForm
from ..heads import steps_within, summary_report
from ..models import Appearance, Dialogue, Paragraph, Summary
from ..paragraph_numbers import place_of
from ..paragraphs import rank_headings, repeats_title
from ..querysets import ParagraphQuerySet, SummaryQuerySet
from ..recommendations import later_words
from ..slots import paragraph_sections, summary_sections
from ..summary_pdfs import current_pdf

OPENING = 280  # characters of a recommendation above the summary


class SummaryCurrentView(View):
    """Redirect to the newest published version: in the reader's language, else in English, else in any."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        current = Summary.objects.published().filter(dialogue__slug=slug).current().select_related("dialogue")
        by_language = {summary.language: summary for summary in current}
        if not by_language:
            raise Http404
        preferred = [get_language()[:2], "en", *by_language]
        return redirect(next(by_language[code] for code in preferred if code in by_language))


@prepared
def summaries_at(slug: Any, language: Any, version: Any, user: Any) -> SummaryQuerySet:
    """Return the summary at this address if `user` may read it, with what its pages show."""
    found = Summary.objects.visible_to(user).filter(dialogue__slug=slug, language=language, version=version)
    return found.select_related("dialogue__series", "document__clean_copy")


@prepared
def versions_of(dialogue: Any, user: Any) -> SummaryQuerySet:
    """Return the summaries of a dialogue that `user` may read; of each language, the highest version comes first."""
    return Summary.objects.visible_to(user).filter(dialogue=dialogue).select_related("dialogue")


@prepared
def paragraphs_of(summary: Any, user: Any) -> ParagraphQuerySet:
    """Return the paragraphs of a summary that `user` may read, with their recommendations."""
    return Paragraph.objects.visible_to(user).filter(summary=summary).select_related("recommendation")


@prepared
def places_in(summaries: Any, user: Any) -> QuerySet[Paragraph, Any]:
    """Return the summary, part and number of each paragraph of these summaries that `user` may read."""
    paragraphs = Paragraph.objects.visible_to(user).filter(summary__pk__in=summaries)
    return paragraphs.values_list("summary", "part", "number")


class OneSummaryMixin(View):
    """A page about the summary with the dialogue, language and version in the address."""

    def get_object(self, queryset: QuerySet | None = None) -> Summary:
        place = {name: self.kwargs[name] for name in ("slug", "language", "version")}
        found = summaries_at(**place, user=self.request.user)
        if not found:
            raise Http404
        return found[0]


def summary_head(context: Mapping[str, Any]) -> Head:
    """Return the head of a page about a summary, described by the beginning of its text if the page has it."""
    summary = context["summary"]
    title = _("%(summary)s, %(dialogue)s (%(language)s)") % {
        "summary": summary.dialogue.summary_name,
        "dialogue": summary.dialogue.localized.title.text,
        "language": summary.get_language_display(),
    }
    paragraphs = context.get("paragraphs", ())
    text = next((strip_markdown(paragraph.text) for paragraph in paragraphs if not paragraph.level), "")
    return Head(
        title,
        shorten(text) or title,
        steps_within(summary.dialogue),
        [summary_report(summary)],
        "article",
        card_of_summary(summary),
        reverse("cards:summary", args=[summary.dialogue.slug, summary.language, summary.version]),
    )


def public_summaries() -> QuerySet:
    """Return the public summaries with what their addresses need."""
    return Summary.objects.published().select_related("dialogue")


class SummaryDetailView(OneSummaryMixin, DetailView):
    """A summary in one language and version, paragraph by paragraph."""

    public_page = PublicPage(summary_head, Records("summaries", public_summaries))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, summary = self.request.user, self.object
        all_versions = versions_of(dialogue=summary.dialogue_id, user=user)
        newest: dict[str, Summary] = {}
        for version in all_versions:
            newest.setdefault(version.language, version)
        versions = [version for version in all_versions if version.language == summary.language]
        languages = [other for other in newest.values() if other.language != summary.language]
        paragraphs = paragraphs_of(summary=summary.pk, user=user)
        for paragraph in paragraphs:
            paragraph.summary = summary
        add_sections(paragraphs, summary, user)
        add_languages(paragraphs, summary, languages, user)
        recommended = add_later_words(paragraphs)
        title = next((first for first in paragraphs[:1] if repeats_title(first, summary.dialogue.title)), None)
        is_public = summary.is_published and summary.dialogue.is_published
        return super().get_context_data(
            dialogue=summary.dialogue,
            title=title,
            paragraphs=paragraphs[1:] if title else paragraphs,
            headings=rank_headings(paragraphs[1:] if title else paragraphs),
            citation=summary_citation(summary) if is_public else None,
            recommended=recommended,
            languages=languages,
            pdf=current_pdf(summary, paragraphs) if is_public else None,
            versions=versions,
            before=next((version for version in versions if is_before(version, summary)), None),
            newest=versions[0],
            sections=summary_sections(summary, user),
            consultation=consultation_context(summary, user),
            **kwargs,
        )


def is_before(other: Summary, summary: Summary) -> bool:
    """Return whether a summary is an earlier version of another."""
    return other.language == summary.language and other.version < summary.version


def add_sections(paragraphs: Iterable[Paragraph], summary: Summary, user: Any) -> None:
    """Set `sections` on each paragraph: the sections of apps above beside it."""
    built = paragraph_sections(summary, user)
    for paragraph in paragraphs:
        paragraph.sections = [by_anchor[paragraph.anchor] for by_anchor in built if paragraph.anchor in by_anchor]


def add_languages(paragraphs: Iterable[Paragraph], summary: Summary, languages: Sequence[Summary], user: Any) -> None:
    """Set `elsewhere` on each paragraph: the summaries in other languages that have its number.

    Each of these gets `beside`, the address of the page that shows it next to the summary.
    """
    existing = set(places_in(summaries=[other.pk for other in languages], user=user))
    for other in languages:
        other.beside = f"{summary.get_absolute_url()}beside/{other.language}/"
    for paragraph in paragraphs:
        paragraph.elsewhere = [
            other for other in languages if paragraph.number and (other.pk, *place_of(paragraph)) in existing
        ]


def add_later_words(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """Set `later` on each marked paragraph, to what later dialogues say about it, and return these paragraphs.

    Each also gets its `opening`, in plain words.
    """
    marked = [paragraph for paragraph in paragraphs if paragraph.recommendation]
    later = later_words(paragraph.recommendation.pk for paragraph in marked if paragraph.recommendation)
    for paragraph in marked:
        paragraph.later = later.get(paragraph.recommendation_id or 0, [])
        paragraph.opening = shorten(strip_markdown(paragraph.text), OPENING)
    return marked


def consultation_context(summary: Summary, user: Any) -> dict[str, Any] | None:
    """Return the comments on a summary, its approvals, and the forms that `user` may use; None for the public."""
    dialogue = summary.dialogue
    if not Dialogue.objects.open_to_comments_by(user).filter(pk=summary.dialogue_id).exists():
        return None
    place = [dialogue.slug, summary.language, summary.version]
    preview = getattr(user, "preview", None)
    preview_url = preview and preview.get_absolute_url()
    digest = summary.digest
    approvals = summary.approvals.select_related("appearance__speaker")
    return {
        "comments": dialogue.comments.select_related("author", "appearance__speaker", "paragraph__summary__dialogue"),
        "comment_form": CommentForm(dialogue=dialogue),
        "comment_action": preview_url or reverse("dialogues:comment-create", args=[dialogue.slug]),
        "approvals": [(approval, approval.digest == digest) for approval in approvals],
        "may_approve": not summary.is_published and Appearance.objects.chair_of(dialogue, user) is not None,
        "approve_action": preview_url or reverse("dialogues:summary-approve", args=place),
        "digest": digest,
    }
