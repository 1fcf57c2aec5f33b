from typing import Any

from django.core.management.base import BaseCommand

from dialogues.document_alerts import send_due


class Command(BaseCommand):
    """Send document alerts. However often this runs, each alert is sent once."""

    help = "Email those who asked for a document that is now published."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{send_due()} emails queued.")
