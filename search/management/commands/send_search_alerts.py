from typing import Any

from django.core.management.base import BaseCommand

from search.alerts import send_due


class Command(BaseCommand):
    """Send search alerts. Run this at least once a day; nobody gets more than one email a day for each alert."""

    help = "Email the search alerts that are due."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{send_due()} emails queued.")
