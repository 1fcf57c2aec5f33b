from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DialoguesConfig(AppConfig):
    """Series, dialogues, panels, speakers, quotes, summaries, papers."""

    name = "dialogues"
    verbose_name = _("Dialogues")
