from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackgroundConfig(AppConfig):
    """Background tasks: lanes, the processes that run them, and what happens when one of these dies."""

    name = "background"
    verbose_name = _("Background work")
