from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.generic import DetailView, View

from dialogues.citations import summary_citation
from dialogues.forms import CommentForm
from dialogues.models import Appearance, Dialogue, Paragraph, Summary
from dialogues.paragraphs import rank_headings
from dialogues.slots import paragraph_sections, summary_sections


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


class SummaryDetailView(OneSummaryMixin, DetailView):
    """A summary in one language and version, paragraph by paragraph."""

    def get_context_data(self, **kwargs):
        user, summary = self.request.user, self.object
        versions = list(Summary.objects.visible_to(user).filter(dialogue=summary.dialogue).select_related("dialogue"))
        paragraphs = list(summary.paragraphs.visible_to(user))
        add_sections(paragraphs, summary, user)
        languages = [other for other in newest(versions) if other.language != summary.language]
        lead_to_languages(paragraphs, languages, user)
        return super().get_context_data(
            dialogue=summary.dialogue,
            paragraphs=paragraphs,
            headings=rank_headings(paragraphs),
            citation=summary_citation(summary) if is_citable(summary) else None,
            languages=languages,
            versions=[other for other in versions if other.language == summary.language],
            before=next((other for other in versions if is_before(other, summary)), None),
            newest=next(other for other in versions if other.language == summary.language),
            sections=summary_sections(summary, user),
            consultation=consultation(summary, user),
            **kwargs,
        )


def consultation(summary, user):
    """Return the comments and approvals of a draft, and what `user` may add; None for the public."""
    dialogue = summary.dialogue
    if not Dialogue.objects.open_to_comments_by(user).filter(pk=summary.dialogue_id).exists():
        return None
    place = [dialogue.slug, summary.language, summary.version]
    preview = getattr(user, "preview", None)
    preview_url = preview and preview.get_absolute_url()
    approvals = list(summary.approvals.select_related("appearance__speaker"))
    return {
        "comments": dialogue.comments.select_related("author", "appearance__speaker", "paragraph__summary__dialogue"),
        "comment_form": CommentForm(dialogue=dialogue),
        "comment_action": preview_url or reverse("dialogues:comment-create", args=[dialogue.slug]),
        "approvals": [(approval, approval.digest == summary.digest) for approval in approvals],
        "may_approve": not summary.is_published and Appearance.objects.chair_of(dialogue, user) is not None,
        "approve_action": preview_url or reverse("dialogues:summary-approve", args=place),
        "digest": summary.digest,
    }


def add_sections(paragraphs, summary, user):
    """Set `sections` on each paragraph: what apps above show beside it."""
    built = paragraph_sections(summary, user)
    for paragraph in paragraphs:
        paragraph.sections = [by_number[paragraph.number] for by_number in built if paragraph.number in by_number]


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
