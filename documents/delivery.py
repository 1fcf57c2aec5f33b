"""A stored file on its way out. Whether it may leave, the app that owns it has asked before."""

import hashlib

from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename

from documents.models import CleanCopy, Document, Kind, Picture
from documents.pictures import MEDIA_TYPE
from documents.responses import Delivery, answer

PRIVATE = "private, no-cache"
PUBLIC = "public, max-age=86400"  # a day: a picture that is withdrawn should not linger
# Markdown too: browsers show plain text and offer text/markdown for download.
TYPES_SENT = {Kind.TEXT: "text/plain; charset=utf-8", Kind.MARKDOWN: "text/plain; charset=utf-8"}
SHOWN = {Kind.PDF, Kind.TEXT, Kind.MARKDOWN}
SANDBOX = "sandbox; default-src 'none'"


def send(
    request: HttpRequest,
    document: Document,
    *,
    filename: str,
    inline: bool = True,
    language: str = "",
    cache_control: str = PRIVATE,
) -> HttpResponseBase:
    """Answer a GET or HEAD with the clean copy of a document, or the byte range of it that is asked for.

    Raises Http404 where there is none. `filename` is a name made by the site, without extension. DOCX and ODT are
    always offered for download. `language` is the code of the content's language; left out, the page's language would
    be claimed by middleware.
    """
    if document.copy is None:
        raise Http404
    headers = _headers(document, filename, inline=inline, language=language, cache_control=cache_control)
    return answer(request, _delivery(document.copy, headers))


def send_picture(request: HttpRequest, picture: Picture, width: int, *, public: bool = False) -> HttpResponseBase:
    """Answer a GET or HEAD with the rendition of a picture for `width` pixels; `public` lets shared caches keep it.

    Raises Http404 if there is no rendition.
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
    # A rendition made anew has a new name, and its name is nobody's business.
    etag = hashlib.sha256(rendition.file.name.encode()).hexdigest()
    return answer(request, Delivery(rendition.file, rendition.file.size, f'"{etag}"', headers=headers))


def _headers(document: Document, filename: str, *, inline: bool, language: str, cache_control: str) -> dict[str, str]:
    inline = inline and document.kind in SHOWN
    headers = {
        "Content-Type": TYPES_SENT.get(document.kind, document.media_type),
        "Content-Disposition": content_disposition_header(not inline, _safe_name(filename, document.extension)),
        "Cache-Control": cache_control,
    }
    if language:
        headers["Content-Language"] = language
    # A sandbox keeps a browser's PDF reader from starting; PDF stays under the site's own policy.
    if document.kind != Kind.PDF:
        headers["Content-Security-Policy"] = SANDBOX
    return headers


def _delivery(row: CleanCopy | Document, headers: dict[str, str]) -> Delivery:
    return Delivery(row.file, row.size, f'"{row.sha256}"', row.created_at, headers)


def _safe_name(stem: str, extension: str) -> str:
    try:
        return f"{get_valid_filename(stem)}.{extension}"
    except SuspiciousFileOperation:
        return f"document.{extension}"
