from typing import Any

from django.core.management.base import BaseCommand

from ... import workflow


class Command(BaseCommand):
    """Resume interrupted imports and delete expired batches. `run_chores` runs this every five minutes."""

    help = "Resume batches whose worker died, and delete those that are thirty days old."

    def handle(self, **options: Any) -> None:
        resumed, deleted = workflow.resume_stalled(), workflow.delete_expired()
        self.stdout.write(f"Batches: {resumed} resumed, {deleted} deleted.")
