from typing import Any

from allauth.account.forms import RequestLoginCodeForm
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password


class SignInForm(RequestLoginCodeForm):
    """Sends a code to an email address, whether it has an account or not.

    For a new address it creates an account without rights, and the code proves who owns the address. The response is
    the same in both cases, so that nobody can find out who has an account.
    """

    _user: Any  # allauth's: the account with this address, or None

    def clean_email(self) -> str:
        email = super().clean_email()
        if self._user is None:
            get_user_model()._meta.get_field("email").run_validators(email)
            user, created = get_user_model().objects.get_or_create(
                email__iexact=email, defaults={"email": email.lower(), "password": make_password(None)}
            )
            self._user = user if created else None  # allauth ignores closed accounts, which exist all the same
        if self._user:
            # allauth records here that a code has proved the address.
            EmailAddress.objects.get_or_create(user=self._user, email=self._user.email, defaults={"primary": True})
        return email
