"""HTTP for one file: conditions, one byte range, HEAD, and headers that caches and browsers go by (RFC 9110)."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

from documents.ranges import Unsatisfiable, asked_range


@dataclass(frozen=True)
class Delivery:
    """What is sent: a file, its size in bytes, what its caches compare, and its own headers."""

    file: FieldFile
    size: int
    etag: str
    modified: datetime | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def timestamp(self) -> int | None:
        """Seconds since 1970, as HTTP dates count them."""
        return int(self.modified.timestamp()) if self.modified else None


class Part:
    """`length` bytes from the middle of an open file, to be read once."""

    def __init__(self, file, start: int, length: int):
        file.seek(start)
        self.file, self.left = file, length

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes, none at the end."""
        chunk = self.file.read(min(size, self.left))
        self.left -= len(chunk)
        return chunk

    def close(self) -> None:
        """Close the file beneath."""
        self.file.close()


class Stream(FileResponse):
    """A file response in blocks that suit files of megabytes."""

    block_size = 65536


def answer(request: HttpRequest, delivery: Delivery) -> HttpResponseBase:
    """Return the file, a part of it, or why not: 200, 206, 304, 412 or 416."""
    response = get_conditional_response(request, delivery.etag, delivery.timestamp) or _content(request, delivery)
    headers = {
        **delivery.headers,
        "ETag": delivery.etag,
        "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
    }
    if delivery.modified:
        headers["Last-Modified"] = http_date(delivery.timestamp)
    if response.status_code in (304, 412, 416):
        del headers["Content-Type"], headers["Content-Disposition"]
    for name, value in headers.items():
        response.headers[name] = value
    return response


def _content(request: HttpRequest, delivery: Delivery) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse(headers={"Content-Length": delivery.size})
    try:
        asked = asked_range(request.headers.get("Range", ""), delivery.size) if _is_current(request, delivery) else None
    except Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{delivery.size}"})
    return _stream(delivery, asked)


def _is_current(request: HttpRequest, delivery: Delivery) -> bool:
    """Tell whether the copy that a client wants to complete (If-Range) is of this very content."""
    held = request.headers.get("If-Range")
    return (
        held is None
        or held == delivery.etag
        or (delivery.modified and parse_http_date_safe(held) == delivery.timestamp)
    )


def _stream(delivery: Delivery, asked: range | None) -> Stream:
    file = delivery.file.storage.open(delivery.file.name, "rb")
    if asked is None:
        response = Stream(file)
        response.headers["Content-Length"] = delivery.size
    else:
        response = Stream(Part(file, asked.start, len(asked)), status=206)
        response.headers["Content-Length"] = len(asked)
        response.headers["Content-Range"] = f"bytes {asked.start}-{asked.stop - 1}/{delivery.size}"
    # Said aloud, as GZipMiddleware would otherwise compress: a range of compressed bytes is not what was asked for.
    response.headers["Content-Encoding"] = "identity"
    return response
