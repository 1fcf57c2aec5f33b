"""Receivers of allauth's signals."""

from typing import Any

from allauth.account.signals import user_logged_in
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.usersessions.models import UserSession
from django.dispatch import receiver
from django.http import HttpRequest

from .workflow import note_factor_added, note_factor_removed

FACTORS = {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}


@receiver(user_logged_in)
def list_session_of_staff(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Keep the address and browser of a new session of staff, so that its owner can recognize it; never a filer's."""
    if user.is_staff:
        UserSession.objects.purge_and_list(user)
        UserSession.objects.create_from_request(request)


@receiver(authenticator_added)
def accept_new_factor(request: HttpRequest, user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    """Count setting up a second factor as proving it: its owner has just used it."""
    if authenticator.type in FACTORS:
        post_authentication(request, authenticator, reauthenticated=True)
        note_factor_added(user, authenticator.type)


@receiver(authenticator_removed)
def note_removed_factor(user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    """Log that a second factor was removed, and write to its owner."""
    if authenticator.type in FACTORS:
        note_factor_removed(user, authenticator.type)
