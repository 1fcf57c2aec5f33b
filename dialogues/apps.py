from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from dialogues.cards.checks import fonts_are_there


class DialoguesConfig(AppConfig):
    """Series, dialogues, panels, speakers, quotes, summaries, papers."""

    name = "dialogues"
    verbose_name = _("Dialogues")

    def ready(self):
        register(fonts_are_there)
