"""HTTP responses that deliver a stored file (RFC 9110). The app that owns the file checks access beforehand."""

import hashlib
import re
from dataclasses import dataclass, field

from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename

from .models import CleanCopy, Document, Kind, Picture
from .pictures import MEDIA_TYPE
from .storage import stored_name

PRIVATE = "private, no-cache"
PUBLIC = "public, max-age=86400"  # one day, so that a withdrawn picture disappears soon
CONTENT_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.TEXT: "text/plain; charset=utf-8",
    Kind.MARKDOWN: "text/plain; charset=utf-8",  # browsers show plain text, and offer text/markdown for download
}
SHOWN_INLINE = {Kind.PDF, Kind.TEXT, Kind.MARKDOWN}
SANDBOX = "sandbox; default-src 'none'"
# A sandbox would keep the PDF viewers of browsers from starting.
ALMOST_SANDBOX = "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
ONE_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.IGNORECASE)


class UnsatisfiableRangeError(Exception):
    """The requested range lies beyond the end of the content."""


@dataclass(frozen=True)
class Delivery:
    """A file to send: its size in bytes, its entity tag in quotes, and its own headers.

    It has no Last-Modified. A copy is made when its file is uploaded, so its time could tell someone who watches the
    network who sent it, although the sender withheld their name.
    """

    file: FieldFile
    size: int
    etag: str
    headers: dict[str, str] = field(default_factory=dict)


class FilePart:
    """`length` bytes of an open file from position `start`, readable once."""

    def __init__(self, file: File[bytes], start: int, length: int) -> None:
        file.seek(start)
        self.file, self.left = file, length

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes, and none at the end."""
        chunk = self.file.read(min(size, self.left))
        self.left -= len(chunk)
        return chunk

    def close(self) -> None:
        """Close the underlying file."""
        self.file.close()


class FileStream(FileResponse):
    """A file response with a block size that suits files of several megabytes."""

    block_size = 65536


def media_type(kind: Kind) -> str:
    """Return the media type of files of a kind, without parameters."""
    return CONTENT_TYPES[kind].partition(";")[0]


def media_type_of(document: Document) -> str:
    """Return the media type of a document, without parameters."""
    return media_type(Kind(document.kind))


def send_document(
    request: HttpRequest,
    document: Document,
    *,
    filename: str,
    inline: bool = True,
    language: str = "",
    cache_control: str = PRIVATE,
) -> HttpResponseBase:
    """Return the response to a GET or HEAD request for a document: its clean copy, or the requested range of it.

    Raise Http404 if there is no clean copy. `filename` is a name made by the site, without extension. Kinds that
    are not in SHOWN_INLINE are always offered for download. `language` is the code of the content's language; without
    it, middleware would declare the language of the page.
    """
    copy: CleanCopy | None = getattr(document, "clean_copy", None)
    if copy is None:
        raise Http404
    headers = _document_headers(document, filename, inline=inline, language=language, cache_control=cache_control)
    return respond(request, Delivery(copy.file, copy.size, f'"{copy.sha256}"', headers))


def send_pdf(request: HttpRequest, file: FieldFile, *, filename: str, key: str) -> HttpResponseBase:
    """Return the response to a GET or HEAD request for a PDF file that the portal drew; `key` is its entity tag."""
    headers = {
        "Content-Type": CONTENT_TYPES[Kind.PDF],
        "Content-Disposition": content_disposition_header(False, f"{filename}.pdf") or "inline",
        "Cache-Control": PRIVATE,
    }
    return respond(request, Delivery(file, file.size, f'"{key}"', headers))


def send_picture(request: HttpRequest, picture: Picture, width: int, *, public: bool = False) -> HttpResponseBase:
    """Return the response to a GET or HEAD request for the rendition of a picture for `width` pixels.

    Raise Http404 if there is no rendition. `public` allows shared caches to keep it.
    """
    rendition = picture.rendition_for(width)
    if rendition is None:
        raise Http404
    headers = {
        "Content-Type": MEDIA_TYPE,
        "Content-Disposition": "inline",
        "Cache-Control": PUBLIC if public else PRIVATE,
        "Content-Security-Policy": SANDBOX,
    }
    # Each rendition has a new name, which stays secret.
    etag = hashlib.sha256(stored_name(rendition.file).encode()).hexdigest()
    return respond(request, Delivery(rendition.file, rendition.file.size, f'"{etag}"', headers))


def respond(request: HttpRequest, delivery: Delivery) -> HttpResponseBase:
    """Return a response with the file, with a part of it, or with neither: status 200, 206, 304, 412 or 416."""
    response = get_conditional_response(request, delivery.etag) or _content(request, delivery)
    headers = {
        **delivery.headers,
        "ETag": delivery.etag,
        "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
    }
    if response.status_code in (304, 412, 416):
        del headers["Content-Type"], headers["Content-Disposition"]
    for name, value in headers.items():
        response.headers[name] = value
    return response


def parse_range(header: str, size: int) -> range | None:
    """Return the positions that a Range header (RFC 9110, section 14) requests of `size` bytes.

    Return None if the header is absent or must be ignored; a request for several ranges is answered with the whole.
    Raise UnsatisfiableRangeError.
    """
    match = ONE_RANGE.fullmatch(header.strip())
    if not match or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        positions = range(max(0, size - int(last)), size)
    elif last and int(last) < int(first):
        return None
    else:
        positions = range(int(first), min(int(last or size), size - 1) + 1)
    if not positions:
        raise UnsatisfiableRangeError
    return positions


def _document_headers(
    document: Document, filename: str, *, inline: bool, language: str, cache_control: str
) -> dict[str, str]:
    inline = inline and document.kind in SHOWN_INLINE
    headers = {
        "Content-Type": CONTENT_TYPES[Kind(document.kind)],
        "Content-Disposition": content_disposition_header(not inline, _safe_name(filename, document.kind)) or "inline",
        "Cache-Control": cache_control,
    }
    if language:
        headers["Content-Language"] = language
    headers["Content-Security-Policy"] = ALMOST_SANDBOX if inline and document.kind == Kind.PDF else SANDBOX
    return headers


def _safe_name(stem: str, extension: str) -> str:
    try:
        return f"{get_valid_filename(stem)}.{extension}"
    except SuspiciousFileOperation:
        return f"document.{extension}"


def _content(request: HttpRequest, delivery: Delivery) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse(headers={"Content-Length": str(delivery.size)})
    try:
        asked = parse_range(request.headers.get("Range", ""), delivery.size) if _is_current(request, delivery) else None
    except UnsatisfiableRangeError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{delivery.size}"})
    return _stream(delivery, asked)


def _is_current(request: HttpRequest, delivery: Delivery) -> bool:
    """Return whether the partial copy that a client wants to complete (If-Range) is of the current content."""
    return request.headers.get("If-Range") in (None, delivery.etag)


def _stream(delivery: Delivery, positions: range | None) -> FileStream:
    file = delivery.file.storage.open(str(delivery.file), "rb")
    if positions is None:
        response = FileStream(file)
        response.headers["Content-Length"] = str(delivery.size)
    else:
        response = FileStream(FilePart(file, positions.start, len(positions)), status=206)
        response.headers["Content-Length"] = str(len(positions))
        response.headers["Content-Range"] = f"bytes {positions.start}-{positions.stop - 1}/{delivery.size}"
    # Stated explicitly, or GZipMiddleware would compress the response; a range refers to the uncompressed bytes.
    response.headers["Content-Encoding"] = "identity"
    return response
