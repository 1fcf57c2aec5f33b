"""Views for resumable uploads with the tus protocol 1.0.0.

The protocol is described at https://tus.io/protocols/resumable-upload. The app that owns the files subclasses both
views, sets their purpose, and accepts complete files:

    class DraftUploads:
        @property
        def purpose(self): return f"draft {self.kwargs['key']}"

        def finish(self, partial, upload): ...

    class DraftUploadCreateView(DraftUploads, TusCreateView): ...  # drafts/<uuid:key>/uploads/
    class DraftUploadView(DraftUploads, TusUploadView): ...        # drafts/<uuid:key>/uploads/<uuid:upload>/
"""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import FileField, Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.http import http_date
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from . import partial_uploads, tus_headers
from .models import PartialUpload
from .tus_headers import TusError
from .upload_checks import MAX_SIZE

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,expiration,checksum"
# The status for each error of the code below; the first that matches counts.
ERRORS: dict[type[Exception], tuple[int, str | Promise]] = {
    partial_uploads.UploadQuotaError: (429, ""),  # a ValidationError has its own message
    ValidationError: (422, ""),
    partial_uploads.UploadBusyError: (423, _("Another request is using this upload: try again in a moment.")),
    partial_uploads.OffsetMismatchError: (409, _("The upload does not end there: ask how far it has come.")),
    PermissionDenied: (403, _("You cannot send a file here.")),
    Http404: (404, _("There is no such upload.")),
}


def text_response(status: int, sentence: str | Promise, headers: dict[str, str] | None = None) -> HttpResponse:
    """Return a response of one sentence in plain text."""
    return HttpResponse(
        sentence, status=status, headers={"Content-Type": "text/plain; charset=utf-8"} | (headers or {})
    )


def error_response(error: Exception) -> HttpResponse:
    """Return the response to one of ERRORS."""
    status, sentence = next(answer for kind, answer in ERRORS.items() if isinstance(error, kind))
    return text_response(status, error.messages[0] if isinstance(error, ValidationError) else sentence)


class TusView(View):
    """The common part of both views. The owning app defines `purpose` and `finish`."""

    @property
    def purpose(self) -> str:
        """What an upload is for; it separates the uploads of one page from all others."""
        raise NotImplementedError

    @property
    def max_size(self) -> int:
        """The largest size of an upload, in bytes."""
        return MAX_SIZE

    def prepare(self, upload: UploadedFile) -> AbstractContextManager[Any]:
        """Return a context manager for slow work that writes no row. Its value is passed to `finish`."""
        return nullcontext(upload)

    def finish(self, partial: PartialUpload, upload: Any) -> None:
        """Accept a complete upload, whose metadata is in `partial.fields`; raise ValidationError to reject it.

        It is called once, in a transaction: what it writes is saved together with the mark that the upload is finished.
        """
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn errors into responses of the protocol, and forbid caching."""
        request.method = tus_headers.effective_method(request)
        try:
            self.check_protocol(request)
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        except TusError as refused:
            response = text_response(refused.status, refused.sentence, refused.headers)
        except tuple(ERRORS) as error:
            response = error_response(error)
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        return response

    def check_protocol(self, request: HttpRequest) -> None:
        """Raise TusError for another version or an anonymous sender. Anyone may request OPTIONS."""
        if request.method == "OPTIONS":
            return
        if request.headers.get("Tus-Resumable") != VERSION:
            raise TusError(412, _("This server uses version 1.0.0 of the tus protocol."), Tus_Version=VERSION)
        if not request.user.is_authenticated:
            raise TusError(403, _("You are no longer signed in: sign in, then choose the file again."))

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Describe the supported version, extensions, size and checksums."""
        return HttpResponse(
            status=204,
            headers={
                "Tus-Version": VERSION,
                "Tus-Extension": EXTENSIONS,
                "Tus-Max-Size": str(self.max_size),
                "Tus-Checksum-Algorithm": ",".join(tus_headers.CHECKSUMS),
            },
        )

    def receive_content(self, partial: PartialUpload, *, offset: int) -> int:
        """Append the content of the request, complete the upload if all bytes have arrived, and return its new end."""
        if tus_headers.has_upload_content(self.request):
            blocks = tus_headers.content_blocks(self.request, most=partial.length - offset)
            offset = partial_uploads.append(partial, blocks, offset=offset)
        if offset == partial.length:
            self.complete_upload(partial)
        return offset

    def complete_upload(self, partial: PartialUpload) -> None:
        """Finish an upload, or drop it if the owner rejects it.

        After any other error, completion can be tried again.
        """
        try:
            partial_uploads.complete(partial, self.prepare, self.finish)
        except ValidationError:
            partial_uploads.drop(partial)
            raise


class TusCreateView(TusView):
    """The view that begins an upload. The owning app defines `address` and can override the other hooks."""

    fields_form: type[Form] | None = None  # for the rest of Upload-Metadata; metadata without a field is not stored

    def address(self, partial: PartialUpload) -> str:
        """Return the URL of the owner's TusUploadView for this upload."""
        raise NotImplementedError

    def refuse(self, request: HttpRequest) -> None:
        """Raise ValidationError, PermissionDenied or Http404 if no file may be sent now."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Begin an upload; its first bytes can come with the request."""
        length, metadata = tus_headers.byte_count(request, "Upload-Length"), tus_headers.parse_metadata(request)
        self.refuse(request)
        if length > self.max_size:
            size = filesizeformat(self.max_size)
            raise TusError(413, _("This file is larger than %(size)s: send a smaller version.") % {"size": size})
        name = tus_headers.safe_name(metadata.pop("filename", ""))
        fields = self.clean_fields(metadata)
        partial = partial_uploads.begin(
            owner=request.user, purpose=self.purpose, length=length, original_name=name, fields=fields
        )
        return HttpResponse(
            status=201,
            headers={
                "Location": self.address(partial),
                "Upload-Offset": str(self.receive_content(partial, offset=0)),
                "Upload-Expires": http_date(partial.expires_at.timestamp()),
            },
        )

    def clean_fields(self, metadata: dict[str, str]) -> dict[str, Any]:
        """Return the form's cleaned metadata, other than files; raise ValidationError."""
        if self.fields_form is None:
            return {}
        form = self.fields_form(metadata)
        if not form.is_valid():
            raise ValidationError([error for errors in form.errors.as_data().values() for error in errors])
        files = {name for name, field in form.fields.items() if isinstance(field, FileField)}
        return {name: value for name, value in form.cleaned_data.items() if name not in files}


class TusUploadView(TusView):
    """The view of one unfinished upload (the URL's `upload`). Anyone but its sender gets 404."""

    def get_upload(self) -> tuple[PartialUpload, int]:
        """Return the upload and how many bytes it has; raise Http404, or TusError (410) if it has expired."""
        mine = PartialUpload.objects.sent_by(self.request.user).filter(purpose=self.purpose)
        partial = mine.filter(key=self.kwargs["upload"]).first()
        if partial is None:
            raise Http404
        try:
            offset = partial.offset
        except FileNotFoundError as error:  # the disk was lost, or the upload has just been finished
            raise Http404 from error
        if partial.is_expired:
            raise TusError(410, _("This upload has expired: send the file again."))
        return partial, offset

    def head(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return how many bytes have arrived.

        Upload-Complete, from a later draft of the protocol, says whether the owner has accepted the file.
        """
        partial, offset = self.get_upload()
        response = HttpResponse(headers=self.progress_headers(partial, offset) | {"Upload-Length": str(partial.length)})
        if partial.is_finished:
            response["Upload-Complete"] = "?1"
        else:
            response["Upload-Metadata"] = tus_headers.format_metadata(
                {"filename": partial.original_name, **partial.fields}
            )
        return response

    def patch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Append bytes, or none if all have arrived and only the completion is missing."""
        if not tus_headers.has_upload_content(request):
            raise TusError(415, _("Content-Type must be %(type)s.") % {"type": tus_headers.CONTENT_TYPE})
        partial, offset = self.get_upload()
        if tus_headers.byte_count(request, "Upload-Offset") != offset:
            raise partial_uploads.OffsetMismatchError
        if not partial.is_finished:
            offset = self.receive_content(partial, offset=offset)
        return HttpResponse(status=204, headers=self.progress_headers(partial, offset))

    def delete(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Drop the upload."""
        partial, _offset = self.get_upload()
        partial_uploads.drop(partial)
        return HttpResponse(status=204)

    def progress_headers(self, partial: PartialUpload, offset: int) -> dict[str, str]:
        """Return the headers that say how many bytes have arrived and when the upload expires."""
        return {"Upload-Offset": str(offset), "Upload-Expires": http_date(partial.expires_at.timestamp())}
