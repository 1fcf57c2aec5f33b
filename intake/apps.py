from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    """What staff receive and bring in: files, lists."""

    name = "intake"
    verbose_name = _("Bringing in")
