"""The sources of the paragraphs of a summary: staff confirm and dismiss them, one by one or several together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from contributions import workflow
from contributions.models import Reflection
from contributions.reflections.proposals import proposals, search_sources
from contributions.reflections.sources import Source, decisions_for, public_record, public_sources, source_of
from dialogues.models import Dialogue, Paragraph, Summary

from ..kinds import find
from ..workspace import WorkspaceMixin

ON_PAGE = 10  # paragraphs


@dataclass(frozen=True)
class Choice:
    """A source of a paragraph as the form sends it: anchor, key and place, separated by spaces."""

    paragraph: Paragraph
    key: str
    place: str


class SourcesView(WorkspaceMixin, TemplateView):
    """The numbered paragraphs of a summary with decisions and proposals.

    A decision answers with a redirect to its paragraph, or, with `fragment` in the form, with the HTML of the paragraph
    alone, so that a script can put it in its place.
    """

    template_name = "desk/sources.html"
    part = "summary"
    dialogue: Dialogue

    def find_dialogue(self, request: HttpRequest, **kwargs: Any) -> Dialogue:
        self.summary: Summary = find(f"summary-{kwargs['pk']}", request.user)
        if not request.user.has_perm("dialogues.change_summary"):
            raise PermissionDenied
        return self.summary.dialogue

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        paragraphs = list(self.summary.paragraphs.exclude(number=None))
        page = Paginator(paragraphs, ON_PAGE).get_page(self.request.GET.get("page") or self.page_of(paragraphs))
        rows = paragraph_rows(self.summary, list(page.object_list), self.request.user, self.request.GET)
        return super().get_context_data(summary=self.summary, paragraphs=rows, page_obj=page, **kwargs)

    def page_of(self, paragraphs: list[Paragraph]) -> int:
        """Return the number of the page with the paragraph that the address names, or else 1."""
        anchors = [paragraph.anchor for paragraph in paragraphs]
        asked = self.request.GET.get("paragraph")
        return anchors.index(asked) // ON_PAGE + 1 if asked in anchors else 1

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        post = request.POST
        if "confirm" in post or "dismiss" in post:
            choice = self.choice(post.get("confirm") or post.get("dismiss", ""))
            return self.decide_one(choice, is_confirmed="confirm" in post)
        choices = [self.choice(value) for value in post.getlist("ticked")]
        if not choices:
            messages.error(request, _("Tick one or more proposals first."))
            return redirect(request.path)
        self.confirm_several(choices)
        return redirect(self.address_of(choices[0].paragraph))

    def choice(self, value: str) -> Choice:
        """Return the choice that a value of the form stands for. Raises Http404 if there is no such paragraph."""
        anchor, _space, rest = value.partition(" ")
        key, _space, place = rest.partition(" ")
        paragraph = self.summary.paragraphs.at(anchor).first()
        if paragraph is None:
            raise Http404
        paragraph.summary = self.summary
        return Choice(paragraph, key, place)

    def decide_one(self, choice: Choice, *, is_confirmed: bool) -> HttpResponse:
        """Confirm or dismiss a source, and show its paragraph as it is now."""
        request, paragraph = self.request, choice.paragraph
        as_fragment = "fragment" in request.POST
        try:
            (confirm if is_confirmed else dismiss)(choice, request.user)
        except ValidationError as error:
            if as_fragment:
                return HttpResponse(error.messages[0], status=422, content_type="text/plain; charset=utf-8")
            messages.error(request, error.messages[0])
        else:
            if as_fragment:
                (row,) = paragraph_rows(self.summary, [paragraph], request.user, {})
                context = {"paragraph": row, "summary": self.summary}
                return TemplateResponse(request, "desk/_sources_paragraph.html", context)
            confirmed = _("Confirmed as a source of paragraph %s.")
            dismissed = _("Not a source of paragraph %s; it is not proposed again.")
            messages.success(request, (confirmed if is_confirmed else dismissed) % paragraph.label)
        return redirect(self.address_of(paragraph))

    def address_of(self, paragraph: Paragraph) -> str:
        """Return the address of the page with a paragraph, scrolled to it."""
        return f"{self.request.path}?paragraph={paragraph.anchor}#{paragraph.anchor}"

    def confirm_several(self, choices: Iterable[Choice]) -> None:
        """Confirm each source; one that is refused does not stop the others."""
        done = 0
        for choice in choices:
            try:
                confirm(choice, self.request.user)
                done += 1
            except ValidationError as error:
                where = _("Paragraph %(number)s") % {"number": choice.paragraph.label}
                messages.error(self.request, f"{where}: {error.messages[0]}")
        if done:
            words = ngettext("%(number)d source confirmed.", "%(number)d sources confirmed.", done)
            messages.success(self.request, words % {"number": done})


def confirm(choice: Choice, user: Any) -> None:
    """Confirm a source. Raises ValidationError if it is not public."""
    source = public_record(choice.key)
    if source is None:
        raise ValidationError(_("That is no longer public, so nothing was changed."))
    workflow.confirm_reflection(choice.paragraph, source, by=user, place=choice.place)


def dismiss(choice: Choice, user: Any) -> None:
    """Dismiss a source, even one that is no longer public if it was confirmed before. Raises ValidationError."""
    row = next((row for row in choice.paragraph.reflections.all() if row.key == choice.key), None)
    source = row.contribution or row.quote if row else public_record(choice.key)
    if source is None:
        raise ValidationError(_("That is no longer public, so nothing was changed."))
    workflow.dismiss_reflection(choice.paragraph, source, by=user)


@dataclass(frozen=True)
class ParagraphRow:
    """A numbered paragraph with its decisions, its proposals, and the words and results of a search by hand."""

    anchor: str
    label: str
    text: str
    confirmed: list[Any]
    dismissed: list[Any]
    proposed: list[dict[str, Any]]
    words: str = ""
    found: list[Source] = field(default_factory=list)


def paragraph_rows(
    summary: Summary, paragraphs: list[Paragraph], user: Any, query: Mapping[str, str]
) -> list[ParagraphRow]:
    """Return the rows of numbered paragraphs. `query` may ask for a search by hand for one of them."""
    proposed = proposals(summary, paragraphs)
    decided = decisions_for(summary, Reflection.objects.visible_to(user))
    known = public_sources(row for rows in decided.values() for row in rows)
    searched, words = query.get("paragraph", ""), query.get("words", "")
    found = []
    for paragraph in paragraphs:
        rows = [_decision(row, known, summary) for row in decided.get(paragraph.anchor, [])]
        asked = words if paragraph.anchor == searched else ""
        found.append(
            ParagraphRow(
                paragraph.anchor,
                paragraph.label,
                paragraph.text,
                confirmed=[row for row in rows if row.is_confirmed],
                dismissed=[row for row in rows if not row.is_confirmed and row.source],
                proposed=[_proposal(hit) for hit in proposed[paragraph.anchor]],
                words=asked,
                found=search_sources(summary.dialogue, asked),
            )
        )
    return found


def _decision(row: Any, known: Mapping[str, Source], summary: Summary) -> Any:
    """Set `source` (None if it is not public), and whether the decision is about another language."""
    row.source = known[row.key].at(row.place) if row.key in known else None
    row.is_followed = row.paragraph.summary_id != summary.pk
    return row


def _proposal(hit: Any) -> dict[str, Any]:
    """Return a proposed source with the nearest passage, in which the shared words are marked, and its place."""
    place = hit.url.removeprefix(hit.record.get_absolute_url())
    return {"source": source_of(hit.record).at(place), "place": place, "passage": hit.snippet.html}
