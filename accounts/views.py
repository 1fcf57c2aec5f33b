from allauth.account.adapter import get_adapter
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView, email_verification_sent
from allauth.core import ratelimit
from django.shortcuts import redirect


class SignInView(RequestLoginCodeView):
    """Asks for an address; of those too who wait for a code, for they may have mistyped it or lost the letter."""

    def _redirect_to_pending_stage(self, request, stage):
        return None


class CodeView(ConfirmLoginCodeView):
    """Takes the code. allauth counts the tries of one visit; here those of all visits to one account count as well."""

    def post(self, request, *args, **kwargs):
        limited = ratelimit.consume_or_429(request, action="confirm_login_code", key=self.stage.login.email.lower())
        return limited or super().post(request, *args, **kwargs)


def verify_email(request):
    """allauth's page for who signs in with an address that is not proved yet.

    Who is in has nothing to do there; allauth would lead them to a list of their addresses, which this site has not.
    """
    if request.user.is_authenticated:
        return redirect(get_adapter().get_login_redirect_url(request))
    return email_verification_sent(request)
