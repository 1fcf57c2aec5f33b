from typing import Any

from django.core.management.base import BaseCommand

from text.markup import forget_daily


class Command(BaseCommand):
    """Delete the HTML that is kept of texts once a day, so that none outlives a deleted text for long."""

    help = "Delete the HTML that was made from Markdown, if that was not done for a day. Pages make it again."

    def handle(self, **options: Any) -> None:
        if forget_daily():
            self.stdout.write("The kept HTML was deleted.")
