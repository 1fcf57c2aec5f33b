from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import ConfirmLoginCodeView, LogoutView, RequestLoginCodeView, email_verification_sent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt

from ..limits import forget, too_many_attempts


class SignInView(RequestLoginCodeView):
    """Asks for an email address. People who wait for a code can ask again, in case they mistyped the address."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        return None


class CodeView(ConfirmLoginCodeView):
    """Asks for the code. allauth limits the attempts of one session; this also limits those of all from one client."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return too_many_attempts(request, self.stage.login.email) or super().post(request, *args, **kwargs)


@method_decorator(csrf_exempt, name="dispatch")
class SignOutView(LogoutView):
    """Signs out, and lets the browser delete what the site kept in it, such as copies of drafts.

    Someone who leaves in a hurry may not be signed in. Their session is emptied, because it says what they sent without
    a code. Browsers may keep pages of the desk, so that “Back” shows what was typed; once staff sign out, it must not.

    “Leave this site now” is also on pages that have no form and so no token, and on pages that were opened before the
    reader signed in again. Other sites still sign nobody out: browsers keep a SameSite cookie out of their requests.
    """

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        kept = '"cache", "storage"' if getattr(self.request.user, "is_staff", False) else '"storage"'
        if not self.request.user.is_authenticated:
            self.request.session.flush()
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = kept
        forget(response)
        return response


def verify_email(request: HttpRequest) -> HttpResponse:
    """Show allauth's page for people who sign in with an unverified address.

    Signed-in users are sent on. allauth would send them to a list of their addresses, which this site does not have.
    """
    if request.user.is_authenticated:
        return redirect(get_adapter().get_login_redirect_url(request))
    return email_verification_sent(request)
