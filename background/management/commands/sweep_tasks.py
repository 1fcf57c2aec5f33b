from typing import Any

from django.core.management.base import BaseCommand

from ... import workflow


class Command(BaseCommand):
    """Delete the rows of finished tasks. `run_chores` runs this every five minutes."""

    help = "Delete the rows of tasks that succeeded a day ago or earlier."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Finished tasks: {workflow.prune()} deleted.")
