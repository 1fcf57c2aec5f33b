"""The shared cache where it is a table: its database, and the keys that it is written under."""

from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.utils.crypto import salted_hmac

ALIAS = "shared_cache"
CACHE = "django_cache"  # the app of the table, for routers


class CacheRouter:
    """Keeps the table of the shared cache in a file of its own, where the settings name one.

    Each rate limit takes three writes. In the main file each would wait for the disk, and hold up people who file.
    """

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """Return the database of the cache for its table; never a replica, because limits count the rows in it."""
        if model._meta.app_label != CACHE:
            return None
        return ALIAS if ALIAS in settings.DATABASES else DEFAULT_DB_ALIAS

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """Migrate only the table of the cache there, and migrate it nowhere else."""
        if ALIAS not in settings.DATABASES:
            return None
        if db == ALIAS:
            return app_label == CACHE
        return False if app_label == CACHE else None


def hashed_key(key: str, prefix: str, version: int) -> str:
    """Return the key under which the shared cache keeps something.

    It is a digest, because the keys of rate limits contain the network and email addresses of people who sign in.
    """
    return salted_hmac("portal.cache_keys", f"{prefix}:{version}:{key}", algorithm="sha256").hexdigest()
