"""Middleware of the site as a whole, in the order in which a request passes through it."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from .errors import not_found

CROSS_ORIGIN = "Cross-Origin-Resource-Policy"
OF_DJANGO = b"<code>DEBUG = True</code>"  # in the page that Django shows with DEBUG, and in no other


class LiveMiddleware:
    """Answers `/livez` before anything else, so that it needs no database, no host name and no HTTPS."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info == "/livez":
            return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})
        return self.get_response(request)


class ResourcePolicyMiddleware:
    """Keeps other sites from loading our answers into their pages, unless a view allows it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(CROSS_ORIGIN, "same-origin")
        return response


class SecretAddressMiddleware:
    """Keeps the secret in an address, such as that of a preview, out of the Referer header.

    Otherwise a browser sends the address with each request for a style or picture, and servers log it. The origin is
    still sent, because forms are refused without it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        arguments = request.resolver_match.kwargs if request.resolver_match else {}
        has_secret = "secret" in arguments or isinstance(arguments.get("key"), UUID)
        # The address of the sign-in page names the page that follows. An absent page has no secret, and must answer as
        # all absent pages do.
        if (has_secret or REDIRECT_FIELD_NAME in request.GET) and response.status_code != HTTPStatus.NOT_FOUND:
            response.headers.setdefault("Referrer-Policy", "strict-origin")
        return response


class NotFoundMiddleware:
    """With DEBUG, answers an absent address as in production, where Django would list all addresses of the site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 404 and not response.streaming and OF_DJANGO in response.content:
            return not_found(request, Http404())
        return response
