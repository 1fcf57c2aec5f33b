"""Receivers of signals from the apps below, which write to the log."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import account_deleted, second_factor_added, second_factor_removed, second_factor_reset

from .models import Verb
from .page_sources import note_change
from .workflow import log


@receiver(second_factor_added)
def log_added_factor(user: User, kind: str, **kwargs: Any) -> None:
    """Log that a member of staff set up a second factor."""
    log(user, Verb.ADD_SECOND_FACTOR, by=user, facts={"kind": kind})


@receiver(second_factor_removed)
def log_removed_factor(user: User, kind: str, **kwargs: Any) -> None:
    """Log that a member of staff removed a second factor."""
    log(user, Verb.REMOVE_SECOND_FACTOR, by=user, facts={"kind": kind})


@receiver(second_factor_reset)
def log_reset_factor(user: User, by: User | None, **kwargs: Any) -> None:
    """Log that the second factor of a member of staff was reset."""
    log(user, Verb.RESET_SECOND_FACTOR, by=by)


@receiver(account_deleted)
def note_deleted_account(**kwargs: Any) -> None:
    """Note a change of the records that referred to an account."""
    note_change()
