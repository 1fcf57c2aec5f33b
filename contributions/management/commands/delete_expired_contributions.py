from typing import Any

from django.core.management.base import BaseCommand

from contributions import workflow


class Command(BaseCommand):
    """Delete the data that the terms page promises to delete. Run this once a day from cron."""

    help = "Delete old drafts, and the content of contributions that were withdrawn or declined some time ago."

    def handle(self, **options: Any) -> None:
        drafts, emptied = workflow.delete_expired()
        self.stdout.write(f"Deleted {drafts} drafts, and the content of {emptied} closed contributions.")
