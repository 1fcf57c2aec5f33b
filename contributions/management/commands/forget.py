from django.core.management.base import BaseCommand

from contributions import workflow


class Command(BaseCommand):
    """Does what the page of terms promises; for cron, once a day."""

    help = "Delete drafts that nobody touched for long, and what is in contributions withdrawn or declined a while ago."

    def handle(self, **options):
        drafts, emptied = workflow.forget()
        self.stdout.write(f"{drafts} drafts deleted, {emptied} closed contributions emptied.")
