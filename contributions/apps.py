from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from dialogues import sections


class ContributionsConfig(AppConfig):
    """Calls, contributions, review, receipts."""

    name = "contributions"
    verbose_name = _("Contributions")

    def ready(self):
        sections.add("dialogue", "contributions.sections.on_dialogue")
        sections.add("arrivals", "contributions.sections.arrivals")
        sections.add("topic", "contributions.sections.on_topic")
