"""The recommendations of a summary: staff mark its paragraphs, and link what later dialogues say about them."""

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from dialogues import workflow
from dialogues.models import Dialogue, FollowUp, FollowUpKind, Paragraph, Quote, RecommendationKind, Summary
from dialogues.paragraph_numbers import place_of
from dialogues.workflow.recommendations import marks_by_place, marks_digest

from ..kinds import find, pk_in
from ..record_search import has_words
from ..workspace import WorkspaceMixin

FOUND = 8  # paragraphs, and as many quotes, in a search
PARAGRAPH_ADDRESS = re.compile(
    r"/dialogues/(?P<slug>[-\w]+)/summary/(?P<language>[a-z]{2})/v(?P<version>\d{1,4})/?#(?P<anchor>[-\w]+)$"
)
QUOTE_ADDRESS = re.compile(r"/quotes/(?P<number>\d{1,9})/?$")


class RecommendationsView(WorkspaceMixin, TemplateView):
    """The numbered paragraphs of a summary, each with a checkbox, and the links of those that are marked."""

    template_name = "desk/recommendations.html"
    part = "summary"
    dialogue: Dialogue

    def find_dialogue(self, request: HttpRequest, **kwargs: Any) -> Dialogue:
        self.summary: Summary = find(f"summary-{kwargs['pk']}", request.user)
        if not request.user.has_perm("dialogues.change_summary"):
            raise PermissionDenied
        return self.summary.dialogue

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        rows = paragraph_rows(self.summary, kwargs.pop("typed", None), self.request.user)
        asked = query.get("paragraph", ""), query.get("words", "").strip()
        for row in rows:
            row.words = asked[1] if asked[0] == row.anchor else ""
            row.found = find_later(self.summary.dialogue, row.words) if row.words and row.mark else []
            for target in row.found:
                target.form_value = f"{target._meta.model_name}-{target.pk}"
        return super().get_context_data(
            summary=self.summary,
            rows=rows,
            kinds=RecommendationKind.choices,
            later_kinds=FollowUpKind.choices,
            seen=marks_digest(self.summary),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "link" in request.POST or "remove" in request.POST:
            return self.change_link()
        shown = self.summary.paragraphs.exclude(number=None)
        ticked = set(request.POST.getlist("ticked"))
        kinds = {
            row.anchor: request.POST.get(f"kind-{row.anchor}", RecommendationKind.RECOMMENDATION)
            if row.anchor in ticked
            else ""
            for row in shown
        }
        try:
            changed = workflow.mark_paragraphs(self.summary, kinds, by=request.user, seen=request.POST.get("seen", ""))
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return self.render_to_response(self.get_context_data(typed=kinds), status=422)
        words = ngettext("%(number)d mark changed.", "%(number)d marks changed.", changed)
        messages.success(request, words % {"number": changed})
        return redirect(request.path)

    def change_link(self) -> HttpResponse:
        """Link what a later dialogue says about a paragraph, or remove a link, and show the paragraph again."""
        request, post = self.request, self.request.POST
        paragraph = self.summary.paragraphs.at(post.get("paragraph", "")).select_related("recommendation").first()
        if paragraph is None:
            raise Http404
        paragraph.summary = self.summary
        try:
            if "remove" in post:
                links = FollowUp.objects.visible_to(request.user).filter(recommendation=paragraph.recommendation_id)
                if link := links.filter(pk=pk_in(post["remove"])).first():
                    workflow.remove_follow_up(paragraph, link, by=request.user)
                messages.success(request, _("Link removed."))
            else:
                kind = post.get("later-kind", "")
                workflow.link_follow_up(paragraph, public_target(post["link"]), kind=kind, by=request.user)
                messages.success(request, _("Linked."))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect(f"{request.path}#later-{paragraph.anchor}")


def paragraph_rows(summary: Summary, typed: dict[str, str] | None, user: Any) -> list[Any]:
    """Return the numbered paragraphs of a summary with `mark`, `kind` and `links`; `typed` kinds take precedence.

    The links are those whose target `user` may read.
    """
    marks = marks_by_place(summary)
    links: dict[int, list[FollowUp]] = {}
    found = FollowUp.objects.visible_to(user).filter(recommendation__in=list(marks.values()))
    for link in found.select_related(
        "paragraph__summary__dialogue", "quote__appearance__dialogue", "quote__appearance__speaker"
    ):
        link.target = link.paragraph or link.quote
        links.setdefault(link.recommendation_id, []).append(link)
    rows: list[Any] = list(summary.paragraphs.exclude(number=None))
    for row in rows:
        row.mark = marks.get(place_of(row))
        row.kind = typed.get(row.anchor, "") if typed is not None else row.mark.kind if row.mark else ""
        row.links = links.get(row.mark.pk, []) if row.mark else []
    return rows


def later_than(dialogue: Dialogue, path: str) -> Q:
    """Return a condition for records of dialogues that are not earlier; `path` leads to the dialogue."""
    condition = ~Q(**{path: dialogue})
    if dialogue.starts_on:
        condition &= Q(**{f"{path}__starts_on__gte": dialogue.starts_on}) | Q(**{f"{path}__starts_on": None})
    return condition


def find_later(dialogue: Dialogue, words: str) -> list[Any]:
    """Return public paragraphs and quotes of later dialogues: the one at an address, or those that have the words."""
    paragraphs = Paragraph.objects.published().exclude(number=None)
    paragraphs = paragraphs.filter(later_than(dialogue, "summary__dialogue")).select_related("summary__dialogue")
    quotes = Quote.objects.published().filter(later_than(dialogue, "appearance__dialogue")).for_lists()
    if place := PARAGRAPH_ADDRESS.search(words):
        at = paragraphs.at(place["anchor"])
        return list(
            at.filter(
                summary__dialogue__slug=place["slug"],
                summary__language=place["language"],
                summary__version=place["version"],
            )
        )
    if place := QUOTE_ADDRESS.search(words):
        return list(quotes.filter(number=place["number"]))
    has_text = has_words(["text"], [words])
    return [*paragraphs.in_newest_version().filter(has_text)[:FOUND], *quotes.filter(has_text)[:FOUND]]


def public_target(value: str) -> Paragraph | Quote:
    """Return the public paragraph or quote for a value of the form. Raises ValidationError if there is none."""
    name, _dash, pk = value.partition("-")
    models: dict[str, Any] = {"paragraph": Paragraph, "quote": Quote}
    found = models[name].objects.published().filter(pk=pk_in(pk)).first() if name in models else None
    if found is None:
        raise ValidationError(_("Only what is published can be linked."))
    target: Paragraph | Quote = found
    return target
