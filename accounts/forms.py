from allauth.account.forms import RequestLoginCodeForm
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password


class SignInForm(RequestLoginCodeForm):
    """Asks for an address and sends a code to it: one way in for those who come back and those who are new.

    A new address gets its account here, without rights; the code proves that the address is theirs. The answer is the
    same for both, so that nobody learns who has an account.
    """

    def clean_email(self):
        email = super().clean_email()
        if self._user is None:
            get_user_model()._meta.get_field("email").run_validators(email)
            user, created = get_user_model().objects.get_or_create(
                email__iexact=email, defaults={"email": email.lower(), "password": make_password(None)}
            )
            self._user = user if created else None  # found, yet not by allauth: an account that was closed
        if self._user:
            # The record in which allauth notes that a code has proved the address.
            EmailAddress.objects.get_or_create(user=self._user, email=self._user.email, defaults={"primary": True})
        return email
