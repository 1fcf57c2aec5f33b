from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    """Bulk import of staff material: files, lists, press releases."""

    name = "intake"
    verbose_name = _("Bringing in")
