"""Files of a draft: resumable uploads (see `documents.tus`), and the download of a clean copy."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from documents import workflow as documents
from documents.file_responses import send_document
from documents.models import Document
from documents.tus import TusCreateView, TusUploadView

from .. import workflow
from ..forms import FileForm
from ..models import Attachment, Contribution, Revision
from .drafts import StepView


class DraftUploadMixin:
    """Uploads to a contribution of the signed-in user. For contributions of others, the answer is 404."""

    request: Any
    kwargs: dict[str, Any]

    @property
    def purpose(self) -> str:
        """What an upload is for; an upload for one purpose cannot be used for another."""
        return f"contribution {self.kwargs['key']}"

    @cached_property
    def contribution(self) -> Contribution:
        """The contribution that the address names."""
        own = Contribution.objects.filed_by(self.request.user).select_related("call")
        contribution = own.filter(key=self.kwargs["key"]).first()
        if contribution is None:
            raise Http404
        return contribution

    @property
    def revision(self) -> Revision:
        """Its draft. Raises ValidationError if there is none."""
        revision = self.contribution.draft
        if revision is None:
            raise ValidationError(_("You have submitted this contribution, so you cannot change it now."))
        return revision

    def prepare(self, upload: UploadedFile) -> AbstractContextManager[Document]:
        """Write a complete upload to the disk."""
        return documents.on_disk(upload)

    def finish(self, partial: Any, document: Document) -> None:
        """Attach a complete upload to the draft."""
        fields = partial.fields
        workflow.attach_document(
            self.revision,
            document,
            by=self.request.user,
            language=fields["upload_language"],
            is_translation=fields["is_translation"],
        )


class DraftUploadCreateView(DraftUploadMixin, TusCreateView):
    """Begins an upload.

    A file that would be refused at its end is refused here, before its sender waits for the upload.
    """

    @property
    def max_size(self) -> int:
        """The largest size that the call allows, in bytes."""
        return self.contribution.call.file_bytes if self.request.user.is_authenticated else super().max_size

    def refuse(self, request: HttpRequest) -> None:
        """Raise ValidationError if the draft has as many files as the call allows."""
        workflow.check_file_count(self.contribution, self.revision)

    def clean_fields(self, metadata: Mapping[str, str]) -> dict[str, Any]:
        """Return the language of the file, and whether it is a translation. Raises ValidationError."""
        form = FileForm(metadata, call=self.contribution.call)
        if not form.is_valid():
            raise ValidationError([message for errors in form.errors.as_data().values() for message in errors])
        return {name: form.cleaned_data[name] for name in ("upload_language", "is_translation")}

    def address(self, partial: Any) -> str:
        """Return the address to which the pieces are sent."""
        return reverse("contributions:upload", args=[self.kwargs["key"], partial.key])


class DraftUploadView(DraftUploadMixin, TusUploadView):
    """Receives the pieces of an upload."""


class DraftFileView(StepView):
    """Downloads the clean copy of a file of a draft: what the public will get."""

    name = "files"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        number = kwargs["number"]
        files = Attachment.objects.visible_to(request.user).filter(revision=self.revision)
        attachment = get_object_or_404(files.select_related("document__clean_copy"), number=number)
        filename = f"file-{number}-{attachment.language}"
        return send_document(request, attachment.document, filename=filename, language=attachment.language)
