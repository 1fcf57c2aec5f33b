from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from backups.takedowns import NotAListError, given_moves

from ...checks import private_folders_of
from ...folder import INDEX, SITE, Folder, NoMirrorError
from ...takedown import allow_again, apply_moves, remove_by_hand
from ...workflow import Renewal


class Command(BaseCommand):
    """Write the public site as static files, or take pages out of them; taking out needs no database."""

    help = "Write the public site into a folder as static files, or bring the folder up to date."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="DIR", nargs="?", default=settings.MIRROR_DIR)
        does = parser.add_mutually_exclusive_group()
        does.add_argument(
            "--remove", metavar="ADDRESS", nargs="+",
            help="remove these pages, all below them and what links to them; works without the database",
        )  # fmt: skip
        does.add_argument("--allow", metavar="ADDRESS", nargs="+", help="let pages return that --remove keeps out")
        does.add_argument(
            "--moves", metavar="FILE", help="remove what was taken down since, by this list of moves (moves.jsonl)"
        )

    def handle(self, *, folder: str, remove: list[str], allow: list[str], moves: str | None, **options: Any) -> None:
        if not folder:
            raise CommandError("Set MIRROR_DIR, or name a folder.")
        path = Path(folder).absolute()
        if names := private_folders_of(path):
            raise CommandError(f"{path} is in {names[0]}. Name a folder that others may read.")
        if (remove or allow or moves) and not any((path / each).exists() for each in (INDEX, SITE)):
            raise CommandError(f"There is no copy of the site in {path}.")
        try:
            with Folder.opened(path) as opened:
                if remove:
                    count = remove_by_hand(opened, remove)
                    self.stdout.write(f"{count} files removed.")
                    if not count:
                        self.stderr.write("The copy has no such page. It will not get one until you allow it.")
                elif allow:
                    allow_again(opened, allow)
                elif moves:
                    self.stdout.write(f"{apply_moves(opened, given_moves(Path(moves)))} files removed.")
                else:
                    self.renew(opened)
        except (NoMirrorError, NotAListError, ValueError, OSError) as error:
            raise CommandError(str(error)) from error

    def renew(self, folder: Folder) -> None:
        """Bring a copy up to date, and say what was done."""
        with folder.alone() as is_alone:
            if not is_alone:
                raise CommandError("Another process is renewing this copy.")
            renewal = Renewal(folder)
            renewal.run()
        failed = folder.index.count_failed()
        self.stdout.write(f"{folder.index.count()} files: {renewal.written} written, {renewal.removed} removed.")
        if failed:
            self.stderr.write(f"The portal could not make {failed} pages; the log says why.")
