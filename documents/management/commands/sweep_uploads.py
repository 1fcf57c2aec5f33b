from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...orphans import orphaned_files
from ...partial_uploads import drop_expired


class Command(BaseCommand):
    """Delete unfinished uploads and orphaned files; for cron, once an hour or once a day."""

    help = "Delete expired uploads, and stored files older than a day that no row refers to."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="list the orphaned files and delete nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        dropped = 0 if dry_run else drop_expired()
        try:
            orphaned = orphaned_files()
        except LookupError as error:
            raise CommandError(str(error)) from error
        for storage, name in orphaned:
            if dry_run:
                self.stdout.write(name)
            else:
                storage.delete(name)
        self.stdout.write(
            f"{dropped} expired uploads and {len(orphaned)} orphaned files {'kept' if dry_run else 'deleted'}."
        )
