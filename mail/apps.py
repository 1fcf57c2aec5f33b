from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    """Outgoing email: a queue that survives a dead mail server and never sends an email twice."""

    name = "mail"
    verbose_name = _("Mail")

    def ready(self) -> None:
        autodiscover_modules("letters")
