from typing import Any

from django.core.management.base import BaseCommand

from desk.daily_work import send_due


class Command(BaseCommand):
    """Send the daily email to staff who asked for it. Run it several times a day: each gets one a day."""

    help = "Email staff who asked for it how much work there is for them, once a day."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Daily emails queued: {send_due()}.")
