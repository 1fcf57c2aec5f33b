from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """The site as a whole: settings, the URL map, the home page, health, roles."""

    name = "portal"
    verbose_name = _("Portal")
