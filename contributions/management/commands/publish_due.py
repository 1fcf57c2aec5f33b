from typing import Any

from django.core.management.base import BaseCommand

from contributions import workflow


class Command(BaseCommand):
    """Publish accepted contributions that are due, in case the worker was down at that time."""

    help = "Publish the accepted contributions whose scheduled time has come."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Published {workflow.publish_due()} contributions.")
