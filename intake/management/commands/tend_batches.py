from django.core.management.base import BaseCommand

from intake import workflow


class Command(BaseCommand):
    """For cron, every five minutes."""

    help = "Go on with batches whose worker died, and throw away those that are thirty days old."

    def handle(self, **options):
        went_on, forgotten = workflow.go_on(), workflow.forget_batches()
        self.stdout.write(f"{went_on} batches go on, {forgotten} thrown away.")
