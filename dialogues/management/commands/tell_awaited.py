from django.core.management.base import BaseCommand

from dialogues.watching import send_due


class Command(BaseCommand):
    """Writes to those who asked to be told when a document is there; each hears once, however often it runs."""

    help = "Send one letter to each who waits for a document that is published now."

    def handle(self, **options):
        self.stdout.write(f"{send_due()} letters queued.")
