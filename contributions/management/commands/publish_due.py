from django.core.management.base import BaseCommand

from contributions import workflow


class Command(BaseCommand):
    """Publishes what was to be published by now; makes up for a worker that was down or died at that moment."""

    help = "Publish the accepted contributions whose moment has come."

    def handle(self, **options):
        self.stdout.write(f"{workflow.publish_due()} published.")
