from django.core.management.base import BaseCommand

from dialogues import workflow


class Command(BaseCommand):
    """Deletes for good what was kept for a time: what staff deleted, what is known of it, addresses of drafts."""

    help = "Delete for good what staff deleted thirty days ago, its history, and addresses of drafts that expired then."

    def handle(self, **options):
        gone = workflow.forget_deletions()
        gone += workflow.forget_history()
        gone += workflow.forget_previews()
        if gone:
            self.stdout.write(f"{gone} rows deleted for good.")
