from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    """Letters on their way out: a queue that outlives a dead mail server and never sends a letter twice."""

    name = "mail"
    verbose_name = _("Mail")
