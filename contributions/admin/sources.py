"""The page on which staff say, paragraph by paragraph, what stands behind a summary."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from contributions import workflow
from contributions.models import Reflection
from contributions.proposals import found_by_hand, proposals
from contributions.tracing import public_record, said_of, source_of, sources
from dialogues.models import Summary


class SourcesMixin:
    """Beside contributions in the admin: the sources of one summary, which `dialogues` links to."""

    def get_urls(self):
        sources_of = self.admin_site.admin_view(self.sources)
        return [path("sources/<int:pk>/", sources_of, name="contributions_contribution_sources"), *super().get_urls()]

    def sources(self, request, pk):
        """Show proposals and what was decided, or take a decision; afterwards the reader is where they were."""
        summary = get_object_or_404(Summary.objects.visible_to(request.user).select_related("dialogue"), pk=pk)
        if not request.user.has_perm("dialogues.change_summary"):
            raise PermissionDenied
        if request.method == "POST":
            return self.decide(request, summary)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Sources"),
            "summary": summary,
            "paragraphs": rows_of(summary, request.user, request.GET),
        }
        return TemplateResponse(request, "admin/contributions/sources.html", context)

    def decide(self, request, summary):
        paragraph = get_object_or_404(summary.paragraphs, number=number_in(request.POST))
        verb = confirm if request.POST.get("verb") == "confirm" else dismiss
        try:
            self.message_user(request, verb(paragraph, request), messages.SUCCESS)
        except ValidationError as error:
            self.message_user(request, error.messages[0], messages.ERROR)
        return redirect(f"{request.path}#p{paragraph.number}")


def number_in(given):
    """The number of a paragraph, from what was sent; 0, which none is, where there is no such number."""
    number = given.get("paragraph", "")
    return int(number) if number.isdecimal() and len(number) < 6 else 0


def confirm(paragraph, request):
    source = public_record(request.POST.get("source", ""))
    if source is None:
        raise ValidationError(_("That is public no more: nothing was changed."))
    workflow.confirm_reflection(paragraph, source, by=request.user, place=request.POST.get("place", ""))
    return _("Confirmed as a source of paragraph %d.") % paragraph.number


def dismiss(paragraph, request):
    """Also of what is public no more, where it was confirmed before."""
    key = request.POST.get("source", "")
    row = next((row for row in paragraph.reflections.all() if row.key == key), None)
    source = row.contribution or row.quote if row else public_record(key)
    if source is None:
        raise ValidationError(_("That is public no more: nothing was changed."))
    workflow.dismiss_reflection(paragraph, source, by=request.user)
    return _("Not a source of paragraph %d; it is not proposed again.") % paragraph.number


def rows_of(summary, user, asked):
    """Each numbered paragraph with what was decided of it, what is proposed, and what a search by hand found."""
    paragraphs = list(summary.paragraphs.exclude(number=None))
    proposed = proposals(summary, paragraphs)
    decided = said_of(summary, Reflection.objects.visible_to(user))
    known = sources([row for rows in decided.values() for row in rows])
    for paragraph in paragraphs:
        rows = [line(row, known, summary) for row in decided.get(paragraph.number, [])]
        paragraph.confirmed = [row for row in rows if row.is_confirmed]
        paragraph.dismissed = [row for row in rows if not row.is_confirmed and row.source]
        paragraph.proposed = [candidate(hit) for hit in proposed[paragraph.number]]
        if paragraph.number == number_in(asked):
            paragraph.words = asked.get("words", "")
            paragraph.found = found_by_hand(summary.dialogue, paragraph.words)
    return paragraphs


def line(row, known, summary):
    """A Reflection with its `source`, None while that is not public, and whether another language says so."""
    row.source = known[row.key].at(row.place) if row.key in known else None
    row.is_followed = row.paragraph.summary_id != summary.pk
    return row


def candidate(hit):
    """What is proposed: the source with the place of the passage that is nearest, and that passage, marked."""
    place = hit.url.removeprefix(hit.record.get_absolute_url())
    return {"source": source_of(hit.record).at(place), "place": place, "passage": hit.snippet.html}
