from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from .checks import check_pdf_libraries


class DialoguesConfig(AppConfig):
    """Series, dialogues, panels, speakers, quotes, summaries, papers."""

    name = "dialogues"
    verbose_name = _("Dialogues")

    def ready(self) -> None:
        register(check_pdf_libraries)
