"""The pages for requests that fail. They repeat what someone typed into a contribution."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views import defaults

from contributions.views import StepView, unsaved_response
from dialogues.former_addresses import address_now

from .error_page import as_failed, error_page, failure_sentence, has_passing_fault, read_rest


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read: 413 if its text is too long, or else 400.

    If the usual frame fails too, as for a host name that is not ours, the answer is Django's own page.
    """
    is_too_long = isinstance(exception, RequestDataTooBig)
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if is_too_long else HTTPStatus.BAD_REQUEST
    megabytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20
    try:
        return render(request, "400.html", {"is_too_long": is_too_long, "megabytes": megabytes}, status=status)
    except Exception:
        return defaults.bad_request(request, exception)


def no_access(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer someone whose account does not have access to a page."""
    return render(request, "403.html", status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the same answer for absent and for hidden pages. A page that has moved is neither."""
    if request.method in ("GET", "HEAD") and (address := address_now(request)):
        response = HttpResponsePermanentRedirect(address)
        # Staff can change a slug back or undo a merger, but browsers never ask again where they may keep a redirect.
        patch_cache_control(response, no_cache=True)
        return response
    return render(request, "404.html", {"is_absent": True}, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is not valid, most often because its sender signed in again in another tab.

    What was typed is shown again only if our own page sent it: another site must not put words on ours.
    """
    is_ours = reason.startswith("CSRF")  # otherwise the origin or referer is wrong
    if is_ours and has_typed_text(request):
        sentence = _("You signed in or out after this page was opened, so it is not saved yet.")
        return unsaved_response(request, sentence, reason="token", status=403)
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a request that failed: 503 if a disk, the database or a server did, or else 500.

    The page of a contribution has the usual frame, which needs the database. If that page fails too, the words are on a
    page that needs nothing (`error_page`). If that fails as well, the answer is Django's own page.
    """
    try:
        is_passing = has_passing_fault()
        read_rest(request)
        response = unsaved_words(request, is_passing) or error_page(request, is_passing)
        return as_failed(request, response, is_passing)
    except Exception:
        return defaults.server_error(request)


def unsaved_words(request: HttpRequest, is_passing: bool) -> HttpResponse | None:
    """Return the page with the words of a contribution; None if there are none, or if it cannot be made."""
    # A form whose token was not checked yet may be from another site, whose words must not be on ours.
    if not has_typed_text(request) or not getattr(request, "csrf_processing_done", False):
        return None
    try:
        return unsaved_response(request, failure_sentence(is_passing), reason="error", status=500)
    except Exception:
        return None


def has_typed_text(request: HttpRequest) -> bool:
    """Return whether the request sends a step of a contribution in which people write."""
    match = request.resolver_match
    view: Any = getattr(match.func, "view_class", None) if match else None
    return request.method == "POST" and view is not None and issubclass(view, StepView) and view.has_typed_text
