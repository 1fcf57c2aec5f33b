from typing import Any

from django.core.management.base import BaseCommand

from backups import takedowns


class Command(BaseCommand):
    """Add the moves that the list beside the backups lacks, for example after its disk was full."""

    help = "Note in BACKUP_DIR the moves that were not noted when they were made."

    def handle(self, **options: Any) -> None:
        if count := takedowns.note_missing():
            self.stdout.write(f"{count} moves noted beside the backups.")
