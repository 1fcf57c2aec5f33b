"""Deletion of accounts that nobody proved or that were unused for long, and of old sessions."""

from datetime import timedelta
from importlib import import_module
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, QuerySet
from django.utils import timezone

from ..models import User
from ..signals import account_deleted, accounts_in_use


def delete_unproved() -> int:
    """Delete the accounts for which a code was requested but never used, and return how many.

    Accounts that staff made are kept: they have a name, a role or a record, or no code was ever requested for them.
    """
    limit = timezone.now() - timedelta(hours=settings.UNPROVED_ACCOUNT_HOURS)
    unproved = EmailAddress.objects.filter(user=OuterRef("pk"), verified=False)
    proved = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    found = _plain_accounts().filter(Exists(unproved), ~Exists(proved), last_login=None, date_joined__lt=limit, name="")
    for relation in User._meta.related_objects:
        if relation.related_model is not EmailAddress:
            related = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            found = found.exclude(Exists(related))
    return _delete(found)


def delete_idle() -> int:
    """Delete the accounts of filers who have not signed in for IDLE_ACCOUNT_DAYS, and return how many.

    Their address is deleted with them. What they published stays, without a link to anyone. Accounts that an app above
    still needs (`accounts_in_use`) or that the log names stay too.
    """
    limit = timezone.now() - timedelta(days=settings.IDLE_ACCOUNT_DAYS)
    found = _plain_accounts().filter(last_login__lt=limit)
    answers: list[tuple[Any, Any]] = accounts_in_use.send(User)
    for _receiver, needed in answers:
        found = found.exclude(pk__in=needed)
    return _delete(found)


def forget_sessions() -> int:
    """Delete the expired sessions, and their rows in the lists of sessions; return how many."""
    expired = Session.objects.filter(expire_date__lt=timezone.now()).count()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    for session in UserSession.objects.all():
        session.purge()
    return expired


def _plain_accounts() -> QuerySet[User]:
    """Return the accounts without any rights."""
    users: QuerySet[User] = User.objects.filter(is_staff=False, is_superuser=False, groups=None, user_permissions=None)
    return users


def _delete(users: QuerySet[User]) -> int:
    return sum(_delete_one(user) for user in users)


@transaction.atomic
def _delete_one(user: User) -> bool:
    try:
        user.delete()
    except ProtectedError:  # someone who was staff once: the log names them
        return False
    account_deleted.send(User)
    return True
