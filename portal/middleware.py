"""Middleware of the site as a whole, in the order in which a request passes it."""

from collections.abc import Callable

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


class NotFoundMiddleware:
    """With DEBUG, answers an absent address as in production, where Django would list all addresses of the site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 404 and not response.streaming and OF_DJANGO in response.content:
            return not_found(request, Http404())
        return response
