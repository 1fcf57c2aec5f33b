from django.core.management.base import BaseCommand

from search.workflow import send_due


class Command(BaseCommand):
    """Writes to those who asked to hear of new results; run it once a day, or oftener: nobody hears twice a day."""

    help = "Send the e-mail alerts that are due."

    def handle(self, **options):
        self.stdout.write(f"{send_due()} letters queued.")
