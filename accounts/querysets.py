from typing import Any

from django.apps import apps
from django.contrib.auth.models import BaseUserManager, Permission
from django.db.models import Exists, OuterRef, Q


class UserManager(BaseUserManager[Any]):
    """Creates users, who have an email address instead of a user name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Any:
        """Create a user. Without a password they can only sign in with a code."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Any:
        """Create a user with all rights."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> Any:
        """Return the user with an address, in whatever case it is written."""
        return self.get(email__iexact=email)

    def reachable(self) -> Any:
        """Return the users with an open account whose present address was proved with a code."""
        addresses = apps.get_model("account", "EmailAddress").objects
        proved = addresses.filter(user=OuterRef("pk"), email__iexact=OuterRef("email"), verified=True)
        return self.filter(Exists(proved), is_active=True)

    def staff_who_may(self, permission: str) -> Any:
        """Return the active staff with a permission such as `dialogues.change_comment`, superusers left out.

        Superusers run the portal; letters about its work go to those whose work it is.
        """
        app_label, _dot, codename = permission.partition(".")
        found = Permission.objects.filter(content_type__app_label=app_label, codename=codename)
        granted = Q(groups__permissions__in=found) | Q(user_permissions__in=found)
        return self.filter(granted, is_active=True, is_staff=True).distinct()
