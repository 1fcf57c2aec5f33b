from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Who a person is to the site: users, sign-in by a code."""

    name = "accounts"
    verbose_name = _("Accounts")
