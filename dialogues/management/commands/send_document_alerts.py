from typing import Any

from django.core.management.base import BaseCommand

from dialogues.document_alerts import send_due


class Command(BaseCommand):
    """Sends each alert once, however often it runs."""

    help = "Email those who asked for a document that is now published."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{send_due()} letters queued.")
