"""The files of contributions: the page on which each is read, and its download."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.generic import DetailView, View

from dialogues.heads import steps_within
from documents.file_responses import send_document
from documents.file_text import part_context
from publishing.pages import Head, PublicPage, Records
from text.words import shorten

from .. import linked_data
from ..models import Attachment, Contribution
from ..querysets import AttachmentQuerySet


def attachment_head(context: Mapping[str, Any]) -> Head:
    """Return the head of a file's page, with the names in the byline of the file."""
    attachment, contribution, dialogue = context["attachment"], context["contribution"], context["dialogue"]
    title = _("%(title)s, file %(number)d") % {"title": context["revision"].title, "number": attachment.number}
    byline = str(attachment.byline) or _("name withheld at the sender’s request")
    asked = _("A file of a written contribution: %(byline)s.") % {"byline": byline}
    description = shorten(" ".join(context["part"].opening)) if context["part"] else ""
    above = [*(steps_within(dialogue) if dialogue else []), (contribution.reference, contribution.get_absolute_url())]
    report = linked_data.file_report(attachment, contribution, title)
    return Head(title, description or asked, above, [report], "article")


def public_attachments() -> AttachmentQuerySet:
    """Return the public files that can be read, with what their addresses need, in the order of the contributions."""
    public = Attachment.objects.published().exclude(document__clean_copy=None)
    return public.for_lists().order_by("revision__contribution", "number")


def find_attachment(attachments: AttachmentQuerySet, reference: str, number: int) -> Attachment:
    """Return the file with a number among those that a reader may see, or raise Http404."""
    found = attachments.filter(revision__contribution__reference=reference, number=number)
    # A number belongs to one file in all revisions.
    attachment = found.select_related("document__clean_copy", "revision__contribution").last()
    if attachment is None:
        raise Http404
    return attachment


class AttachmentDetailView(DetailView):
    """A file, read on the page: the text of its clean copy by page and paragraph."""

    public_page = PublicPage(attachment_head, Records("files", public_attachments, "revision__shown_at"), ("page",))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        if not self.object.revision.contribution.is_published:
            add_never_cache_headers(response)
        return response

    def get_object(self, queryset: Any = None) -> Attachment:
        visible = Attachment.objects.visible_to(self.request.user)
        return find_attachment(visible, self.kwargs["reference"], self.kwargs["number"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        attachment, user = self.object, self.request.user
        file = part_context(attachment.document, self.request.GET.get("page", "1"))
        visible = Contribution.objects.visible_to(user).with_visibility_for(user)
        contribution = visible.select_related("call__dialogue__series").get(pk=attachment.revision.contribution_id)
        return super().get_context_data(
            **file,
            contribution=contribution,
            dialogue=contribution.call.dialogue if contribution.shows_dialogue else None,
            revision=attachment.revision,
            language=attachment.language,
            **kwargs,
        )


class AttachmentFileView(View):
    """Downloads the clean copy of a file. Nobody can download the original."""

    def get(self, request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
        attachment = find_attachment(Attachment.objects.visible_to(request.user), reference, number)
        name = f"{reference}-{number}-{attachment.language}"
        return send_document(request, attachment.document, filename=name, language=attachment.language)
