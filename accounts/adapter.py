from copy import copy
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mail.sending import send_letter

from .codes import HashedCode
from .letters import SIGN_IN_CODE
from .limits import remember
from .models import User


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in steps beyond those of allauth.

    The portal writes to users in the language of the page on which they signed in. They return to the page that they
    came from, or else go to the staff desk or to their own contributions.
    """

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("That is not the code. Check it, or ask for a new one."),
        "too_many_login_attempts": _("There were too many attempts. Wait a few minutes, then try again."),
    }

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        user.remember_language()
        # A fixed time: a number of seconds would count again from each change of the session. Everyone else gets the
        # default, whatever was set before they signed in.
        end = timezone.now() + timedelta(hours=settings.STAFF_SESSION_HOURS)
        request.session.set_expiry(end if user.is_staff else None)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Remember the browser, for the limits on asking for codes."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember(request, response, user.email)
        return response

    def generate_login_code(self) -> HashedCode:
        """Return a new code as its digest, which the session keeps."""
        return HashedCode.of(super().generate_login_code())

    def generate_email_verification_code(self) -> HashedCode:
        """Return a new code as its digest, which the session keeps."""
        return HashedCode.of(super().generate_email_verification_code())

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("desk:home") if request.user.is_staff else super().get_login_redirect_url(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again only those who have a second factor. Others have just signed in, and come to set one up."""
        return bool(is_mfa_enabled(self.request.user))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return the pages that ask again. None of them takes a password, which some superusers have."""
        if user.is_authenticated:
            user = copy(user)
            user.set_unusable_password()
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return methods

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send the code to sign in as a letter whose words staff can edit, and all else as allauth does."""
        code = context["code"].code if isinstance(context.get("code"), HashedCode) else ""
        if template_prefix != "account/email/login_code":
            super().send_mail(template_prefix, email, {**context, "code": code})
            return
        send_letter(SIGN_IN_CODE, email, lambda: {"code": code}, language=get_language() or settings.LANGUAGE_CODE)
