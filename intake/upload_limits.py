"""Refuse an upload that is too large by its declared length, before any of it is stored."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import TooManyFilesSent
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

MAX_REQUEST = 150 * 1024 * 1024  # bytes of one request
MAX_DISCARDED = 1024 * 1024 * 1024  # bytes: a browser shows a response only after it has sent the whole body
CHUNK = 1024 * 1024  # bytes


def is_too_large(request: HttpRequest) -> bool:
    """Return whether the declared length of a request exceeds MAX_REQUEST or is not a number."""
    declared = request.META.get("CONTENT_LENGTH") or "0"
    return not declared.isdecimal() or int(declared) > MAX_REQUEST


def limit_upload(
    view: Callable[..., HttpResponseBase], refuse: Callable[..., HttpResponseBase]
) -> Callable[..., HttpResponseBase]:
    """Wrap a view so that `refuse(request, sentence=…)` answers a request that is too large.

    The wrapped view is exempt from the CSRF middleware, which would read the whole body in search of the token. `view`
    must check the token itself.
    """

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        sentence = _("This is more than 150 MB at once: send it in several parts.")
        if request.method != "POST" or not is_too_large(request):
            try:
                return view(request, *args, **kwargs)
            except TooManyFilesSent:
                sentence = _("There are too many files at once: send them as a ZIP, or in several parts.")
        return refuse(request, sentence=sentence, **kwargs)

    return csrf_exempt(checked)


def discard_body(request: HttpRequest) -> None:
    """Read the body of a request without keeping it, up to MAX_DISCARDED bytes."""
    declared = request.META["CONTENT_LENGTH"]
    left = min(int(declared), MAX_DISCARDED) if declared.isdecimal() else 0
    while left > 0 and (chunk := request.read(min(CHUNK, left))):
        left -= len(chunk)
