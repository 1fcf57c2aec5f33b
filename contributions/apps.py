from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContributionsConfig(AppConfig):
    """Calls, contributions, review, receipts."""

    name = "contributions"
    verbose_name = _("Contributions")
