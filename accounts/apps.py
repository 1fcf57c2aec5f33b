from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, and sign-in with a code sent by email."""

    name = "accounts"
    verbose_name = _("Accounts")
