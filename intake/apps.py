from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    """What takes in staff's material as it comes: files, lists, press releases."""

    name = "intake"
    verbose_name = _("Bringing in")
