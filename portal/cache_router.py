from typing import Any

from django.conf import settings
from django.db.models import Model

ALIAS = "shared_cache"


class CacheRouter:
    """Keeps the table of the shared cache in a file of its own, where the settings name one.

    Each rate limit takes three writes. In the main file each of them would wait for the disk, and filings for them.
    """

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """Return the database of the cache for its table."""
        return ALIAS if _is_cache(model._meta.app_label) else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """Make nothing but the table of the cache there, and make it nowhere else."""
        if ALIAS not in settings.DATABASES:
            return None
        return _is_cache(app_label) if db == ALIAS else (False if _is_cache(app_label) else None)


def _is_cache(app_label: str) -> bool:
    return app_label == "django_cache" and ALIAS in settings.DATABASES
