from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from .roles import apply_roles


class PortalConfig(AppConfig):
    """The site as a whole: settings, the URL map, the home page, health, roles."""

    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        # The signal is sent for apps with models, which this one lacks.
        post_migrate.connect(apply_roles, sender=apps.get_app_config("auth"))
