from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backups import archive
from backups.archive import BackupError


class Command(BaseCommand):
    """Read a backup to its end and compare each file in it with its digest."""

    help = "Check that a backup is complete and undamaged."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--identity", metavar="FILE", help="the file with the secret key of an encrypted backup")

    def handle(self, *, file: str, identity: str | None, **options: Any) -> None:
        try:
            manifest = archive.verified(Path(file), Path(identity).read_text("utf8") if identity else "")
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        files, entries = len(manifest.members), manifest.log_count
        self.stdout.write(f"Complete: {files} files, made at {manifest.made_at}, {entries} entries of the log.")
