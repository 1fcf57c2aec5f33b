from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

CROSS_ORIGIN = "Cross-Origin-Resource-Policy"


class ResourcePolicyMiddleware:
    """Keeps other sites from loading our answers into their pages, unless a view allows it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(CROSS_ORIGIN, "same-origin")
        return response
