from typing import Any

from django.core.management.base import BaseCommand

from contributions import workflow


class Command(BaseCommand):
    """Delete the data that the terms page promises to delete. Run this once a day from cron."""

    help = "Delete old drafts, contributions that nobody claimed, and the content of those withdrawn or declined."

    def handle(self, **options: Any) -> None:
        drafts, emptied = workflow.delete_expired()
        self.stdout.write(f"Deleted {drafts} drafts, and the content of {emptied} closed contributions.")
        if held := workflow.delete_expired_held():
            self.stdout.write(f"Deleted {held} contributions that nobody claimed.")
