"""What the public reads."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import DetailView, ListView, View

from contributions.forms import ContributionFilterForm
from contributions.models import Attachment, Call, Contribution
from dialogues.models import Dialogue, Topic
from documents.delivery import send


class ContributionListView(ListView):
    """Every published contribution, newest first; `?dialogue=` and `?topic=` (addresses) narrow."""

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
            **kwargs,
        )


class ContributionDetailView(DetailView):
    """One contribution with its files; its filer and reviewers see it before it is published, at the same address."""

    slug_field = slug_url_kwarg = "reference"

    def get_queryset(self):
        visible = Contribution.objects.visible_to(self.request.user).with_names_for(self.request.user)
        return visible.for_lists().prefetch_related(
            Prefetch("attachments", Attachment.objects.select_related("document__clean_copy"))
        )

    def get_context_data(self, **kwargs):
        for attachment in self.object.attachments.all():
            attachment.contribution = self.object  # its address asks for the reference
        dialogue = self.object.call.dialogue if self.object.shows_dialogue else None
        return super().get_context_data(dialogue=dialogue, **kwargs)


class AttachmentFileView(View):
    """A file of a contribution."""

    def get(self, request, reference, pk):
        attachments = Attachment.objects.visible_to(request.user).select_related("document__clean_copy")
        attachment = get_object_or_404(attachments, contribution__reference=reference, pk=pk)
        name = f"{reference}-{attachment.pk}-{attachment.language}"
        return send(request, attachment.document, filename=name, language=attachment.language)
