"""A line in the log for each request: the name of its view, and an id that its other lines and the answer share.

It has no path, query or address of a person: a path may be all that guards a draft.
"""

import logging
import re
from collections.abc import Callable
from time import perf_counter
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from background.origin import request_id
from publishing.kept_pages import ASKED_ONCE, VIEW_NAME

from .log_format import IN_ENVIRON

logger = logging.getLogger("portal.request")

# Hexadecimal digits, as nginx and UUIDs have them, so that no header brings words, names or line breaks into the log.
WELL_FORMED = re.compile(r"[0-9A-Fa-f-]{16,64}")
METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PATCH", "PUT", "DELETE"}


class RequestLogMiddleware:
    """Gives each request an id and logs its answer, except requests that the copy of the site makes in its process."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if ASKED_ONCE in request.META:
            return self.get_response(request)
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        known = given if WELL_FORMED.fullmatch(given) else uuid4().hex
        request.META[IN_ENVIRON] = known
        before = request_id.set(known)
        since = perf_counter()
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = known
            values = {
                "method": method_of(request),
                "view": view_name(request),
                "status": response.status_code,
                "ms": round((perf_counter() - since) * 1000, 1),
            }
            logger.info("%s %s: %d", values["method"], values["view"], values["status"], extra=values)
        finally:
            request_id.reset(before)
        return response


def view_name(request: HttpRequest) -> str:
    """Return the name of the view that answered, also for a kept page; “none” if the address leads nowhere."""
    if match := request.resolver_match:
        return str(match.view_name)
    if kept := request.META.get(VIEW_NAME):
        return str(kept)
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"


def method_of(request: HttpRequest) -> str:
    """Return the method of a request, or “other” for an unusual one."""
    return request.method if request.method in METHODS else "other"
