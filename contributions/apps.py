from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from dialogues import followers, sections


class ContributionsConfig(AppConfig):
    """Calls, contributions, review, receipts."""

    name = "contributions"
    verbose_name = _("Contributions")

    def ready(self):
        sections.add("dialogue", "contributions.sections.on_dialogue")
        sections.add("arrivals", "contributions.sections.arrivals")
        sections.add("threads", "contributions.threads.on_topic")
        sections.add("quote", "contributions.sections.on_quote")
        sections.add("summary", "contributions.sections.on_summary")
        sections.add("paragraphs", "contributions.sections.on_paragraphs")
        followers.add("contributions.workflow.carry_over")
