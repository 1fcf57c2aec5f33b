from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engine_api import EngineAwayError, IndexLockedError
from search.tasks import rebuild


class Command(BaseCommand):
    """Rebuild the index. Replaces Haystack's command of this name, which would empty the index first."""

    help = "Rebuild the search index from the database. The old index answers until the new one is complete."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--noinput", "--no-input", action="store_true", help="Has no effect; Haystack accepts it.")

    def handle(self, **options: Any) -> None:
        try:
            rebuild(self.report)
        except IndexLockedError:
            raise CommandError("Another process is writing the index. Try again later.") from None
        except EngineAwayError:
            raise CommandError("The search engine is away. Try again later.") from None
        self.stdout.write("The search index was rebuilt.")

    def report(self, done: int) -> None:
        """Show how many records are done."""
        self.stderr.write(f"{done} records", ending="\r")
