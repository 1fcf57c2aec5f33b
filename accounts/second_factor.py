"""Who needs a second factor, and whether a session has proved one.

allauth asks for it during sign-in if the user has one. This module covers the rest: staff without one, staff whose
session began before they were staff, and pages that ask again.
"""

import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest


def needs_second_factor(user: Any) -> bool:
    """Return whether the portal shows `user` nothing before they have proved a second factor."""
    return bool(settings.SECOND_FACTOR_REQUIRED and (user.is_staff or user.is_superuser))


def has_proved_second_factor(request: HttpRequest) -> bool:
    """Return whether this session proved a second factor that its user still has, within the hours of a session."""
    since = time.time() - settings.STAFF_SESSION_HOURS * 3600
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]  # a user is signed in
    used = [record["id"] for record in records if record["method"] == "mfa" and record["at"] > since]
    return bool(used) and Authenticator.objects.filter(user_id=request.user.pk, pk__in=used).exists()


def is_asked_again(request: HttpRequest) -> bool:
    """Return whether pages about rights, addresses and exports ask this user for the second factor again."""
    return needs_second_factor(request.user)


def is_due_again(request: HttpRequest) -> bool:
    """Return whether such a page would ask now. Other pages then leave out what gives rights or lists addresses."""
    return is_asked_again(request) and is_reauthentication_required(request, app="")


# Asks for the second factor again, unless that was done in the last minutes; a decorator for views.
asks_again = reauthentication_required(enabled=is_asked_again)
