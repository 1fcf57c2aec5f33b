from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

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
