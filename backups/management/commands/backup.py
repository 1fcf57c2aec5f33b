from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from backups import contents, pruning, takedowns
from backups.archive import BackupError


class Command(BaseCommand):
    """Back up the database, the stored files and the key while the site is in use; for cron, every night."""

    help = "Write a backup into BACKUP_DIR, check it, and delete those that are no longer needed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", metavar="FOLDER", default=settings.BACKUP_DIR, help="instead of BACKUP_DIR")
        parser.add_argument("--keep-all", action="store_true", help="delete no earlier backup")

    def handle(self, *, to: str, keep_all: bool, **options: Any) -> None:
        if not to:
            raise CommandError("Set BACKUP_DIR, or name a folder with --to.")
        try:
            path, manifest = contents.make(Path(to), recipient=settings.BACKUP_RECIPIENT)
        except (BackupError, OSError) as error:
            raise CommandError(f"No backup was made: {error}") from error
        takedowns.note_missing()
        files = sum(name.startswith("files/") for name in manifest.members)
        size = path.stat().st_size / 1e6
        self.stdout.write(f"{path}: {size:.1f} MB, {files} files, {manifest.log_count} entries of the log.")
        for name in manifest.missing:
            self.stderr.write(f"The database names a file that is not there: {name}")
        if not settings.BACKUP_RECIPIENT:
            self.stderr.write("It is not encrypted: set BACKUP_RECIPIENT if others can read that folder.")
        if not keep_all:
            for old in pruning.superfluous(contents.backups_in(Path(to))):
                old.unlink()
                self.stdout.write(f"Deleted {old.name}, which is no longer needed.")
