from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from .second_factor import has_proved_second_factor, needs_second_factor

PROVING = {"account_logout", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
ENROLLING = {"account_logout", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn"}


class SecondFactorMiddleware:
    """Sends staff whose session has not proved a second factor to the page where they prove or set up one.

    This applies to every page, not only to those of the desk: public pages show drafts to staff.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Return a redirect if the page must wait for the second factor."""
        # Nobody is signed in without the cookie. Looking at the session would make public pages vary with it.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return None
        if not needs_second_factor(request.user) or has_proved_second_factor(request):
            return None
        methods = get_adapter().get_reauthentication_methods(request.user)
        match = request.resolver_match
        if match and not match.namespaces and match.url_name in (PROVING if methods else ENROLLING):
            return None
        address = methods[0]["url"] if methods else reverse("mfa_index")
        page = request.get_full_path() if request.method == "GET" else reverse("desk:home")
        return HttpResponseRedirect(f"{address}?{urlencode({REDIRECT_FIELD_NAME: page})}")
