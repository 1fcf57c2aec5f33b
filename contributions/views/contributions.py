"""The public pages of contributions: their list, each one, its citations, and participation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, ListView, View

from dialogues.citations import file_response
from dialogues.heads import steps_within
from dialogues.models import Dialogue, Topic
from publishing.pages import Head, ListPage, PublicPage, Records
from publishing.prepared import prepared
from search import exports
from search.params import SearchParams
from text.markup import strip_markdown
from text.words import shorten

from .. import linked_data
from ..citations import contribution_citation
from ..excerpts import files_with_excerpts
from ..forms import ContributionFilterForm
from ..list_filters import NEWEST, OLDEST, ONLY_HERE, ORDERS, PATHS, facets, filtered
from ..models import Answer, Call, Contribution
from ..querysets import ContributionQuerySet
from ..sections import reflections_of

CONTRIBUTIONS = ListPage.of(
    "contributions:list",
    gettext_lazy("Written contributions"),
    gettext_lazy("What civil society, academia and the private sector submitted to the dialogues."),
    (*PATHS, "page"),
)


def contribution_head(context: Mapping[str, Any]) -> Head | None:
    """Return the head of a contribution's page, with the names in its byline; None for a withdrawn one."""
    if "contribution" not in context:
        return None
    contribution, dialogue, revision = context["contribution"], context["dialogue"], context["revision"]
    byline = str(revision.byline) or _("name withheld at the sender’s request")
    description = _("A written contribution: %(byline)s.") % {"byline": byline}
    if dialogue:
        description = _("A written contribution to %(dialogue)s: %(byline)s.") % {
            "dialogue": dialogue.localized.title.text,
            "byline": byline,
        }
    steps = steps_within(dialogue) if dialogue else [CONTRIBUTIONS.step]
    report = linked_data.report(contribution, dialogue)
    return Head(revision.title, shorten(description), steps, [report], "article")


class ContributionListView(ListView):
    """The published contributions, newest first, with filters that say how many each value gives."""

    public_page = CONTRIBUTIONS

    paginate_by = 30

    @cached_property
    def asked(self) -> dict[str, Any]:
        """The valid filters and the order of the address."""
        form = ContributionFilterForm(self.request.GET)
        form.is_valid()
        return {name: value for name, value in form.cleaned_data.items() if value}

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The valid filters of the address."""
        return {name: str(value) for name, value in self.asked.items() if name != "sort"}

    def search_for_these(self) -> SearchParams:
        """Return the search that finds the contributions of the page."""
        return SearchParams(filters={**self.chosen, "kind": "contribution"})

    def get_queryset(self) -> ContributionQuerySet:
        order = ORDERS[self.asked.get("sort", NEWEST)]
        return filtered(self.chosen).for_lists().with_openings().order_by(order, "reference")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            calls=Call.objects.published().open().select_related("dialogue").order_by("closes_at", "number"),
            facets=facets(self.chosen),
            is_filtered=bool(self.chosen),
            is_oldest_first=self.asked.get("sort") == OLDEST,
            # Without one of the filters, the search would find and export contributions that the page does not show.
            search=None if ONLY_HERE & self.chosen.keys() else self.search_for_these(),
            exports=exports,
            **kwargs,
        )
        total = context["paginator"].count
        context["found"] = {"total": total, "texts": total}
        for contribution in context["object_list"]:
            contribution.opening = shorten(strip_markdown(contribution.opening))
        return context


@prepared
def contributions_at(reference: Any, user: Any) -> ContributionQuerySet:
    """Return the contribution with this reference if `user` may read it, with what its page shows."""
    return Contribution.objects.visible_to(user).with_visibility_for(user).for_page().filter(reference=reference)


@prepared
def topics_of(contribution: Any) -> QuerySet[Topic]:
    """Return the public topics of a contribution, by name."""
    return Topic.objects.published().filter(contributions=contribution).by_name()


@prepared
def answers_of(revision: Any) -> QuerySet[Answer]:
    """Return the answers to the questions of the call."""
    return Answer.objects.filter(revision=revision)


class ContributionDetailView(DetailView):
    """One contribution with its files. Its filer and reviewers see it here before it is published.

    If it was public and is withdrawn, the page answers 410 and says only that.
    """

    public_page = PublicPage(
        contribution_head, Records("contributions", Contribution.objects.published, "shown__shown_at")
    )

    model = Contribution

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = super().get(request, *args, **kwargs)
            if not self.object.is_published:
                add_never_cache_headers(response)
            return response
        except Http404:
            gone = Contribution.objects.tombstones().filter(reference=kwargs["reference"]).first()
            if gone is None:
                raise
            reference = gone.reference
            return render(request, "contributions/contribution_gone.html", {"reference": reference}, status=410)

    def get_object(self, queryset: Any = None) -> Contribution:
        found = contributions_at(reference=self.kwargs["reference"], user=self.request.user)
        if not found:
            raise Http404
        return found[0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        revision = self.object.content
        revision.contribution = self.object  # for the addresses of its files
        dialogue = self.object.call.dialogue if self.object.shows_dialogue else None
        return super().get_context_data(
            dialogue=dialogue,
            revision=revision,
            topics=topics_of(contribution=self.object.pk),
            answers=answers_of(revision=revision.pk),
            attachments=files_with_excerpts(revision),
            sections=[reflections_of(self.object)] if dialogue else [],
            citation=contribution_citation(self.object) if self.is_citable(dialogue) else None,
            **kwargs,
        )

    def is_citable(self, dialogue: Dialogue | None) -> bool:
        """Return whether everyone may read the contribution and its dialogue."""
        return self.object.is_published and dialogue is not None and dialogue.is_published


class CitationFileView(View):
    """Downloads the citation of a published contribution for reference managers."""

    def get(self, request: HttpRequest, reference: str, form: str) -> HttpResponseBase:
        contributions = Contribution.objects.published().select_related("call__dialogue", "shown")
        return file_response(contribution_citation(get_object_or_404(contributions, reference=reference)), form)
