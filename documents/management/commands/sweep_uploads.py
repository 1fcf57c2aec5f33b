from django.core.management.base import BaseCommand, CommandError

from ...orphans import orphaned_files
from ...partial_uploads import drop_expired
from ...storage import private_storage


class Command(BaseCommand):
    """Takes away uploads that nobody finished and files that belong to nothing; for cron, once an hour or a day."""

    help = "Delete expired uploads, and stored files older than a day that no row refers to."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="name the stray files and delete nothing")

    def handle(self, *, dry_run, **options):
        swept = 0 if dry_run else drop_expired()
        try:
            stray = orphaned_files()
        except LookupError as error:
            raise CommandError(str(error)) from error
        for name in stray:
            if dry_run:
                self.stdout.write(name)
            else:
                private_storage().delete(name)
        self.stdout.write(f"{swept} expired uploads and {len(stray)} stray files {'kept' if dry_run else 'deleted'}.")
