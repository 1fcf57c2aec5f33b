from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import more_like
from search.engine_api import EngineAwayError, IndexUnavailableError
from search.models import SimilarRecords

MOST = 200  # lists in one run, so that chores that run every five minutes stay short


class Command(BaseCommand):
    """Renew the lists of similar records that are due. Run this every few minutes from cron."""

    help = "Renew the records that pages list as “More like this”: those that are due, or all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="make the list of every public record again")

    def handle(self, **options: Any) -> None:
        try:
            if options["all"]:
                more_like.note_all()
                SimilarRecords.objects.update(renewed_at=None)
                renewed = sum(iter(lambda: more_like.renew(MOST), 0))
            else:
                renewed = more_like.renew(MOST, with_old=True)
        except EngineAwayError:
            raise CommandError("The search engine is away. Try again later.") from None
        except IndexUnavailableError:
            raise CommandError("The search index cannot be read. Run rebuild_index.") from None
        self.stdout.write(f"{renewed} lists of similar records renewed.")
