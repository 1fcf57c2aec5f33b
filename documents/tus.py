"""Views for uploads that survive a broken line, by the tus protocol 1.0.0 (https://tus.io/protocols/resumable-upload).

The app that owns the files subclasses both views, says what they are for, and takes in what is whole:

    class DraftUploads:
        purpose = property(lambda self: f"draft {self.kwargs['key']}")

        def finish(self, partial, upload): ...

    class DraftUploadCreateView(DraftUploads, TusCreateView): ...  # drafts/<uuid:key>/uploads/
    class DraftUploadView(DraftUploads, TusUploadView): ...        # drafts/<uuid:key>/uploads/<uuid:upload>/
"""

from contextlib import nullcontext

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import FileField
from django.http import Http404, HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.http import http_date
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from . import partial_uploads, tus_headers
from .checks import MAX_SIZE
from .models import PartialUpload
from .tus_headers import TusError

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,expiration,checksum"
# What goes wrong below, in the protocol's numbers; the first that fits.
ERRORS = {
    partial_uploads.UploadQuotaError: (429, None),
    ValidationError: (422, None),
    partial_uploads.UploadBusyError: (423, _("Another request is at this upload: try again in a moment.")),
    partial_uploads.OffsetMismatchError: (409, _("The upload does not end there: ask how far it has come.")),
    PermissionDenied: (403, _("You can't send a file here.")),
    Http404: (404, _("There is no such upload.")),
}


def text_response(status: int, sentence: str, headers: dict[str, str] | None = None) -> HttpResponse:
    """Return an answer of one sentence."""
    return HttpResponse(
        sentence, status=status, headers={"Content-Type": "text/plain; charset=utf-8"} | (headers or {})
    )


def error_response(error: Exception) -> HttpResponse:
    """Return what the protocol answers to one of FAULTS."""
    status, sentence = next(answer for kind, answer in ERRORS.items() if isinstance(error, kind))
    return text_response(status, sentence or error.messages[0])


class TusView(View):
    """What both views share. The owning app sets `purpose`, which keeps its uploads apart, and defines `finish`."""

    max_size = MAX_SIZE  # bytes
    purpose = ""

    def prepare(self, upload: UploadedFile):
        """Return a context manager for what takes long and writes no row; `finish` gets its value."""
        return nullcontext(upload)

    def finish(self, partial: PartialUpload, upload) -> None:
        """Take in a whole upload, whose fields are in `partial.fields`. Raises ValidationError to refuse it.

        Runs in a transaction, once: what it writes is there together with the note that it is done, or neither.
        """
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args, **kwargs):
        """Answer in the protocol's words; nothing of it is cached."""
        request.method = tus_headers.effective_method(request)
        try:
            self.demand_protocol(request)
            response = super().dispatch(request, *args, **kwargs)
        except TusError as refused:
            response = text_response(refused.status, refused.sentence, refused.headers)
        except tuple(ERRORS) as error:
            response = error_response(error)
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        return response

    def demand_protocol(self, request: HttpRequest) -> None:
        """Let only those in who speak this version and are signed in; what is spoken here, anyone may ask."""
        if request.method == "OPTIONS":
            return
        if request.headers.get("Tus-Resumable") != VERSION:
            raise TusError(412, _("Version 1.0.0 of the tus protocol is spoken here."), Tus_Version=VERSION)
        if not request.user.is_authenticated:
            raise TusError(403, _("You are not signed in any more: sign in, then choose the file again."))

    def options(self, request, *args, **kwargs):
        """Say what is spoken here."""
        return HttpResponse(
            status=204,
            headers={
                "Tus-Version": VERSION,
                "Tus-Extension": EXTENSIONS,
                "Tus-Max-Size": str(self.max_size),
                "Tus-Checksum-Algorithm": ",".join(tus_headers.CHECKSUMS),
            },
        )

    def receive(self, partial: PartialUpload, *, offset: int) -> int:
        """Append what the request brings, take the upload in if it is whole, and return how much is there."""
        if tus_headers.has_upload_content(self.request):
            blocks = tus_headers.content_blocks(self.request, most=partial.length - offset)
            offset = partial_uploads.append(partial, blocks, offset=offset)
        if offset == partial.length:
            self.take_in(partial)
        return offset

    def take_in(self, partial: PartialUpload) -> None:
        """Finish; an upload that the owner refuses is dropped, after any other fault it can be tried again."""
        try:
            partial_uploads.complete(partial, self.prepare, self.finish)
        except ValidationError:
            partial_uploads.drop(partial)
            raise


class TusCreateView(TusView):
    """Where an upload begins. The owning app defines `address` and may define the other hooks."""

    fields_form = None  # a form for the rest of Upload-Metadata; what it has no field for is not kept

    def address(self, partial: PartialUpload) -> str:
        """Return where the owner's TusUploadView has this upload."""
        raise NotImplementedError

    def refuse(self, request: HttpRequest) -> None:
        """Raise ValidationError, PermissionDenied or Http404 if no file may be sent here now."""

    def post(self, request, *args, **kwargs):
        """Begin an upload; its first bytes may come with it."""
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
                "Upload-Offset": str(self.receive(partial, offset=0)),
                "Upload-Expires": http_date(partial.expires_at.timestamp()),
            },
        )

    def clean_fields(self, metadata: dict[str, str]) -> dict:
        """Return what the form makes of the metadata, files aside. Raises ValidationError."""
        if self.fields_form is None:
            return {}
        form = self.fields_form(metadata)
        if not form.is_valid():
            raise ValidationError([error for errors in form.errors.as_data().values() for error in errors])
        files = {name for name, field in form.fields.items() if isinstance(field, FileField)}
        return {name: value for name, value in form.cleaned_data.items() if name not in files}


class TusUploadView(TusView):
    """One upload under way, at its own address (the URL's `upload`); anyone else's is absent."""

    def get_upload(self) -> tuple[PartialUpload, int]:
        """Return the upload and how much of it is there. Raises Http404, and Refused (410) if it has expired."""
        mine = PartialUpload.objects.sent_by(self.request.user).filter(purpose=self.purpose)
        partial = mine.filter(key=self.kwargs["upload"]).first()
        try:
            offset = partial and partial.offset
        except FileNotFoundError:  # lost with the disk, or finished a moment ago
            partial = None
        if partial is None:
            raise Http404
        if partial.is_expired:
            raise TusError(410, _("This upload waited too long and is given up: send the file again."))
        return partial, offset

    def head(self, request, *args, **kwargs):
        """Say how far it has come; Upload-Complete, which is of a later draft, that its owner has taken it in."""
        partial, offset = self.get_upload()
        response = HttpResponse(headers=self.progress(partial, offset) | {"Upload-Length": str(partial.length)})
        if partial.is_finished:
            response["Upload-Complete"] = "?1"
        else:
            response["Upload-Metadata"] = tus_headers.format_metadata(
                {"filename": partial.original_name, **partial.fields}
            )
        return response

    def patch(self, request, *args, **kwargs):
        """Take more bytes, or none where all are there and only the taking in is missing."""
        if not tus_headers.has_upload_content(request):
            raise TusError(415, _("Content-Type must be %(type)s.") % {"type": tus_headers.CONTENT_TYPE})
        partial, offset = self.get_upload()
        if tus_headers.byte_count(request, "Upload-Offset") != offset:
            raise partial_uploads.OffsetMismatchError
        if not partial.is_finished:
            offset = self.receive(partial, offset=offset)
        return HttpResponse(status=204, headers=self.progress(partial, offset))

    def delete(self, request, *args, **kwargs):
        """Give it up."""
        partial, _offset = self.get_upload()
        partial_uploads.drop(partial)
        return HttpResponse(status=204)

    def progress(self, partial: PartialUpload, offset: int) -> dict[str, str]:
        """Return the headers that say how far it is and how long it waits."""
        return {"Upload-Offset": str(offset), "Upload-Expires": http_date(partial.expires_at.timestamp())}
