from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    """Import of material from staff: files, lists and press releases."""

    name = "intake"
    verbose_name = _("Import")
