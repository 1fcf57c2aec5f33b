from typing import Any

from django.core.management.base import BaseCommand

from text.markup import forget_daily


class Command(BaseCommand):
    """Delete the kept HTML of texts once a day, so that it does not outlive a deleted text for long."""

    help = "Delete the kept HTML of Markdown, at most once a day. Pages make it again."

    def handle(self, **options: Any) -> None:
        if forget_daily():
            self.stdout.write("The kept HTML was deleted.")
