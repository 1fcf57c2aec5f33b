from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from . import shared_cache
from .roles import apply_roles


class PortalConfig(AppConfig):
    """The site as a whole: settings, the URL map, the home page, health, roles."""

    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        # The signal is sent for apps with models, which this one lacks.
        post_migrate.connect(apply_roles, sender=apps.get_app_config("auth"))
        post_migrate.connect(create_cache_table, sender=apps.get_app_config("auth"))


def create_cache_table(using: str, **kwargs: Any) -> None:
    """Create the table of the shared cache after each migration, if the settings name one and it is missing."""
    has_own_file = shared_cache.ALIAS in settings.DATABASES
    call_command("createcachetable", database=shared_cache.ALIAS if has_own_file else using, verbosity=0)
