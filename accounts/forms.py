from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmEmailVerificationCodeForm, ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.account.models import EmailAddress
from allauth.core import context
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.forms import Field
from django.utils.translation import gettext_lazy as _

from .codes import digest_of
from .limits import may_ask_for_code


def prepare_code_field(field: Field, **attributes: str) -> None:
    """Let a field take a code as it is: from left to right, without checking its spelling."""
    field.widget.attrs.pop("placeholder", None)  # it would only repeat the label
    field.widget.attrs.update(spellcheck="false", dir="ltr", **attributes)
    field.error_messages["required"] = _("Enter the code.")


class HashedCodeMixin:
    """Compares the digest of what was typed with that of the code that was sent. allauth compares what it gets."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        prepare_code_field(self.fields["code"], autocapitalize="characters")

    def clean_code(self) -> str:
        self.cleaned_data["code"] = digest_of(self.cleaned_data["code"])  # type: ignore[attr-defined]  # a form follows
        code: str = super().clean_code()  # type: ignore[misc]
        return code


class CodeForm(HashedCodeMixin, ConfirmLoginCodeForm):
    """Takes the code with which someone signs in."""


class AddressCodeForm(HashedCodeMixin, ConfirmEmailVerificationCodeForm):
    """Takes the code that proves an address of an account that signs in in another way."""


class SignInForm(RequestLoginCodeForm):
    """Sends a code to an email address, whether it has an account or not.

    For a new address it creates an account without rights, and the code proves who owns the address. The response is
    the same in both cases, so that nobody can find out who has an account.
    """

    _user: Any  # allauth's: the account with this address, or None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Email address")
        self.fields["email"].widget.attrs.pop("placeholder", None)  # it would only repeat the label
        self.fields["email"].error_messages["required"] = _("Enter an email address.")

    def clean_email(self) -> str:
        email = super().clean_email()
        if not may_ask_for_code(context.request, email):
            raise get_adapter().validation_error("too_many_login_attempts")
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
