from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from mail.sending import send_letter

from .letters import SIGN_IN_CODE
from .models import User


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in steps beyond those of allauth.

    The portal writes to users in the language of the page on which they signed in. They return to the page that they
    came from, or else go to the staff desk or to their own contributions.
    """

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        user.remember_language()

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("desk:home") if request.user.is_staff else super().get_login_redirect_url(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send the code to sign in as a letter whose words staff can edit, and all else as allauth does."""
        if template_prefix != "account/email/login_code":
            super().send_mail(template_prefix, email, context)
            return
        language = get_language() or settings.LANGUAGE_CODE
        send_letter(SIGN_IN_CODE, email, lambda: {"code": context["code"]}, language=language)
