"""Addresses for monitors: `/healthz` gives the state of each part, `/livez` shows that the process answers."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache

from desk.health import examine


class LiveMiddleware:
    """Answers `/livez` before anything else, so that it needs no database, no host name and no HTTPS."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info == "/livez":
            return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})
        return self.get_response(request)


@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Return 200 if all parts are well, or else 503, and a word for each; with the operator's token, numbers too."""
    parts = examine()
    words: dict[str, object] = {part.name: part.word for part in parts}
    if is_operator(request):
        words = {part.name: {"state": part.word, **part.numbers} for part in parts}
    is_well = all(part.is_well for part in parts)
    return JsonResponse(words, status=HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE)


def is_operator(request: HttpRequest) -> bool:
    """Return whether a request has the operator's token."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    known = settings.HEALTH_TOKEN
    return bool(known) and scheme.lower() == "bearer" and constant_time_compare(token, known)
