from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _

from .forms import prepare_code_field


class FactorCodeMixin:
    """Asks for a code with one label on each page, and says above the field which code is meant."""

    fields: dict[str, Any]
    which: Any = _("Enter the six digits that your authenticator app shows, or one of your recovery codes.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label, field.help_text = _("Code"), self.which
        prepare_code_field(field, inputmode="numeric")


class FactorForm(FactorCodeMixin, AuthenticateForm):
    """Takes the second factor of someone who signs in."""


class FactorAgainForm(FactorCodeMixin, ReauthenticateForm):
    """Takes the second factor again, before pages that ask for it."""


class AppForm(FactorCodeMixin, ActivateTOTPForm):
    """Takes the first code of an authenticator app. The step above the field says which code is meant."""

    which = ""


class PasskeyForm(AddWebAuthnForm):
    """Takes a new passkey and the name of the device that holds it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the device")
