"""Changes to the second factor of a member of staff. Each is logged, and its owner gets a letter."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mail.sending import send_letter

from ..letters import SECOND_FACTOR
from ..models import User
from ..signals import second_factor_added, second_factor_removed, second_factor_reset

ADDED = _("A second factor was added to your account.")
REMOVED = _("A second factor was removed from your account.")
RESET = _("The second factor of your account was reset, and you were signed out everywhere.")


@transaction.atomic
def note_factor_added(user: User, kind: str) -> None:
    """Log that `user` set up a second factor, and write to them."""
    second_factor_added.send(User, user=user, kind=kind)
    _tell(user, ADDED)


@transaction.atomic
def note_factor_removed(user: User, kind: str) -> None:
    """Log that `user` removed a second factor, and write to them."""
    second_factor_removed.send(User, user=user, kind=kind)
    _tell(user, REMOVED)


@transaction.atomic
def reset_second_factor(user: User, *, by: User | None) -> None:
    """Delete every second factor of `user` and end their sessions. At the next sign-in they set up another.

    `by` is None for a command. Raises PermissionDenied unless `by` is another superuser: someone who took over an
    account must not be able to free it from its second factor.
    """
    if by is not None and not (by.is_active and by.is_superuser and by.pk != user.pk):
        raise PermissionDenied
    Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    second_factor_reset.send(User, user=user, by=by)
    _tell(user, RESET)


def _tell(user: User, change: Any) -> None:
    send_letter(SECOND_FACTOR, user.email, lambda: {"change": str(change)}, language=user.language)
