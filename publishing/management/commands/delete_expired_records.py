from typing import Any

from django.core.management.base import BaseCommand

from publishing import workflow
from publishing.models import PublicChange


class Command(BaseCommand):
    """Permanently delete what is kept for a limited time: deleted records, their history and expired previews."""

    help = "Delete for good what staff deleted thirty days ago, its history, and previews that expired then."

    def handle(self, **options: Any) -> None:
        deleted = workflow.forget_deletions()
        deleted += workflow.forget_history()
        deleted += workflow.forget_previews()
        PublicChange.objects.forget_old()
        if deleted:
            self.stdout.write(f"{deleted} rows permanently deleted.")
        if notes := workflow.forget_notes():
            self.stdout.write(f"{notes} notes in the log permanently deleted.")
