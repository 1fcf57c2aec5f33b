"""What the public reads."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.http import Http404
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, ListView, View

from contributions import linked_data
from contributions.citations import of_contribution
from contributions.excerpts import hang_excerpts
from contributions.forms import ContributionFilterForm
from contributions.models import Attachment, Call, Contribution
from contributions.sections import reflected
from dialogues.heads import steps_within
from dialogues.models import Dialogue, Topic
from documents.file_responses import send_document
from publishing.pages import Head, ListPage, PublicPage, Records, shorten

FACET_LENGTH = 20  # the rest are found by their own pages, which link here


def with_contributions(model, **link):
    """The public records of `model` to which a public contribution is linked."""
    return model.objects.published().filter(Exists(Contribution.objects.published().filter(**link)))


CONTRIBUTIONS = ListPage.of(
    "contributions:list",
    gettext_lazy("Written contributions"),
    gettext_lazy("What civil society, academia and the private sector wrote to the dialogues."),
    ("dialogue", "topic", "page"),
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
            "dialogue": dialogue,
            "byline": byline,
        }
    steps = steps_within(dialogue) if dialogue else [CONTRIBUTIONS.step]
    report = linked_data.report(contribution, dialogue)
    return Head(revision.title, shorten(description), steps, [report], "article")


class ContributionListView(ListView):
    """Every published contribution, newest first; `?dialogue=` and `?topic=` (addresses) narrow."""

    public_page = CONTRIBUTIONS

    paginate_by = 30

    @cached_property
    def filters(self):
        form = ContributionFilterForm(self.request.GET)
        form.is_valid()
        return form.cleaned_data

    def get_queryset(self):
        contributions = Contribution.objects.published().for_lists()
        if self.filters.get("dialogue"):
            contributions = contributions.filter(call__dialogue__slug=self.filters["dialogue"])
        if self.filters.get("topic"):
            topics = Topic.objects.published().filter(slug=self.filters["topic"])
            contributions = contributions.filter(topics__in=topics)
        return contributions.order_by("-published_at", "-pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            calls=Call.objects.published().open().select_related("dialogue").order_by("closes_at"),
            dialogue=Dialogue.objects.published().filter(slug=self.filters.get("dialogue") or "").first(),
            topic=Topic.objects.published().filter(slug=self.filters.get("topic") or "").first(),
            dialogues=with_contributions(Dialogue, call__dialogue=OuterRef("pk")).latest_first()[:FACET_LENGTH],
            topics=with_contributions(Topic, topics=OuterRef("pk")).by_name()[:FACET_LENGTH],
            **kwargs,
        )


class ContributionDetailView(DetailView):
    """One contribution with its files; its filer and reviewers see it before it is published, at the same address.

    Of one that was public and is withdrawn, the address says that, and nothing else.
    """

    public_page = PublicPage(
        contribution_head, Records("contributions", Contribution.objects.published, "shown__shown_at")
    )

    slug_field = slug_url_kwarg = "reference"

    def get(self, request, *args, **kwargs):
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

    def get_queryset(self):
        visible = Contribution.objects.visible_to(self.request.user).with_names_for(self.request.user)
        return visible.for_lists()

    def get_context_data(self, **kwargs):
        revision = self.object.content
        revision.contribution = self.object  # its files' addresses ask for the reference
        # What is like it is asked by all its words, so that its files' pages are read anyhow.
        prefetch_related_objects(
            [revision], "answers", "attachments__document__clean_copy", "attachments__document__pages"
        )
        attachments = list(revision.attachments.all())
        for attachment in attachments:
            attachment.revision = revision
        hang_excerpts(attachments)
        dialogue = self.object.call.dialogue if self.object.shows_dialogue else None
        return super().get_context_data(
            dialogue=dialogue,
            revision=revision,
            attachments=attachments,
            sections=[reflected(self.object)] if dialogue else [],
            citation=of_contribution(self.object) if self.is_citable(dialogue) else None,
            **kwargs,
        )

    def is_citable(self, dialogue):
        """Whether everyone may read it."""
        return self.object.is_published and dialogue is not None and dialogue.is_published


class AttachmentFileView(View):
    """A file of a contribution: its clean copy, for all who may see it. The original leaves the site for nobody."""

    def get(self, request, reference, number):
        attachments = Attachment.objects.visible_to(request.user).filter(revision__contribution__reference=reference)
        # A number is one file in whichever revisions hold it.
        attachment = attachments.select_related("document__clean_copy").filter(number=number).last()
        if attachment is None:
            raise Http404
        name = f"{reference}-{number}-{attachment.language}"
        return send_document(request, attachment.document, filename=name, language=attachment.language)
