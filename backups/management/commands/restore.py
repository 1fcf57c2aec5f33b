from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from backups import restoring, takedowns
from backups.archive import BackupError


class Command(BaseCommand):
    """Restore a backup into an empty place. Nobody may use the site until this command has ended."""

    help = "Restore a backup into the empty DATA_DIR and database of the settings, with an index and static files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--identity", metavar="FILE", help="the file with the secret key of an encrypted backup")
        parser.add_argument(
            "--moves", metavar="FILE", help=f"the list of moves since; by default, {takedowns.FILE} beside the backup"
        )
        parser.add_argument("--without-moves", action="store_true", help="there is no list: staff check what is public")

    def handle(
        self, *, file: str, identity: str | None, moves: str | None, without_moves: bool, **options: Any
    ) -> None:
        path = Path(file)
        listed = Path(moves) if moves else path.with_name(takedowns.FILE)
        if not listed.exists() and not without_moves:
            raise CommandError(
                f"{listed} is missing. It lists what was taken down after the backup. Name it with --moves; "
                "with --without-moves, what was taken down since becomes public again."
            )
        try:
            known = takedowns.given_moves(listed) if listed.exists() and not without_moves else []
            secret = Path(identity).read_text("utf8") if identity else ""
            restored = restoring.restore(path, known, identity=secret)
        except (BackupError, takedowns.NotAListError, OSError, DatabaseError) as error:
            raise CommandError(f"Nothing was restored: {error}") from error
        self.report(restored)
        if not restoring.make_index():
            self.stderr.write("The search index could not be built now: the worker builds it when it starts.")

    def report(self, restored: restoring.Restored) -> None:
        """Print what an operator and the secretariat must know."""
        self.stdout.write(f"Restored: the database of {restored.manifest.made_at} and {restored.files} files.")
        if restored.taken_down:
            self.stdout.write("Hidden, because it was changed or taken down after the backup:")
        for line in restored.taken_down:
            self.stdout.write(f"  {line}")
        for name in restored.manifest.missing:
            self.stderr.write(f"The database names a file that the backup lacks: {name}")
        if not restored.has_same_key:
            self.stderr.write("SECRET_KEY differs from that of the backup: links and codes given out before are void.")
        self.stdout.write("Everyone must sign in again. Staff decide on the letters that had not been sent.")
