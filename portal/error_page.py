"""The page for an error of the portal: what was typed is on it, and can be sent again.

It is made without database, session and the usual frame, since these may be what failed.
"""

import sys
from collections.abc import Iterator
from contextlib import suppress
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from background.models import is_fault_of_the_machine
from text.site_name import default_site_name

RETRY_AFTER = 60  # seconds
CHUNK_SIZE = 65536  # bytes
CSRF_FIELD = "csrfmiddlewaretoken"


def has_passing_fault() -> bool:
    """Return whether the error that is being handled comes from a disk, the database or a server, and may pass."""
    error = sys.exc_info()[1]
    return error is not None and is_fault_of_the_machine(error)


def failure_sentence(is_passing: bool) -> str:
    """Return what a sender reads whose form failed."""
    if is_passing:
        return _("The portal cannot save anything at the moment. Wait a minute, then try again.")
    return _(
        "Something went wrong, and we have recorded it. If it happens again, keep a copy of your text and "
        "write to the secretariat."
    )


def error_page(request: HttpRequest, is_passing: bool) -> HttpResponse:
    """Return the page for an uncaught error, with what was typed."""
    context = {"is_passing": is_passing, "sentence": failure_sentence(is_passing), **_context(request)}
    return HttpResponse(render_to_string("500.html", context))


def as_failed(request: HttpRequest, response: HttpResponse, is_passing: bool) -> HttpResponse:
    """Return the answer with the status and headers of a fault. The session is not saved: that could fail as well."""
    if hasattr(request, "session"):
        request.session.modified = False
    response.status_code = HTTPStatus.SERVICE_UNAVAILABLE if is_passing else HTTPStatus.INTERNAL_SERVER_ERROR
    response.headers["Cache-Control"] = "no-store"
    if is_passing:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def read_rest(request: HttpRequest) -> None:
    """Read the form, and what the browser still sends: it shows an answer only after it has sent everything."""
    with suppress(OSError, MultiPartParserError):
        request.POST  # noqa: B018 - reading it parses the form, before the next lines discard the rest
    with suppress(UnreadablePostError):
        while request.read(CHUNK_SIZE):
            continue


@sensitive_variables()
def _context(request: HttpRequest) -> dict[str, object]:
    typed = list(_typed(request))
    return {
        "SITE_NAME": default_site_name(),
        "LANGUAGE_BIDI": get_language_bidi(),
        "is_sent": request.method == "POST",
        "is_filing": "/contributions/" in request.path_info,
        "QUICK_EXIT_URL": settings.QUICK_EXIT_URL,
        "address": request.get_full_path(),
        "typed": typed,
        # Words, not codes and keys, which are ASCII without spaces.
        "texts": [value for _name, value in typed if " " in value.strip() or not value.isascii()],
        "files": list(request.FILES) if typed else [],
        "csrf_token": get_token(request) if typed else "",
    }


def _typed(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Yield the fields of a form, if a page of this site sent it and all of it arrived."""
    if request.method == "POST" and getattr(request, "csrf_processing_done", False):
        for name, values in request.POST.lists():
            if name != CSRF_FIELD:
                yield from ((name, str(value)) for value in values)
