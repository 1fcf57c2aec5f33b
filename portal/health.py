"""The state of each part for monitors, at `/healthz`. `/livez` is answered by `portal.middleware.LiveMiddleware`."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache

from desk.health import examine


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
