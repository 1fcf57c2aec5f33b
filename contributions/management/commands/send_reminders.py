from typing import Any

from django.core.management.base import BaseCommand

from contributions import reminders


class Command(BaseCommand):
    """Send reminders to filers of unsent drafts. Run it several times a day: each reminder is sent once."""

    help = "Send the reminders that are due to filers of unsent drafts, a week and a day before they can't be sent."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Reminders queued: {reminders.send_due()}.")
