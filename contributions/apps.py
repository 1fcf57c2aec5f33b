from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContributionsConfig(AppConfig):
    """Calls for contributions, the contributions to them, their review and receipts."""

    name = "contributions"
    verbose_name = _("Contributions")
