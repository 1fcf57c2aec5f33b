from allauth.usersessions.apps import UserSessionsConfig
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, sign-in with a code sent by email, and the second factor of staff."""

    default = True
    name = "accounts"
    verbose_name = _("Accounts")


class StaffSessionsConfig(UserSessionsConfig):
    """allauth's list of sessions, which would keep the network address of everyone who signs in.

    `accounts.receivers` lists those of staff alone: nothing must lead from a contribution to where it was sent from.
    """

    def ready(self) -> None:
        """Leave out allauth's receivers."""
