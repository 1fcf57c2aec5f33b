from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from publishing.log_chain import BrokenChainError, ChainVerifier
from publishing.models import LogHead, Transition
from publishing.models.transition import TransitionQuerySet


class Command(BaseCommand):
    """Check the log of moves from its first entry to its last.

    Someone who can write to the database can rebuild the whole chain. Therefore, keep the digest that this command
    prints in another place, such as on paper or in an email, and look for it later with `--contains`.
    """

    help = "Check that no entry of the log of moves was edited, removed, inserted or moved since it was written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--contains", metavar="DIGEST", help="also look for this digest, which a receipt shows")

    def handle(self, **options: Any) -> None:
        wanted = "".join((options["contains"] or "").split()).lower()
        verifier = ChainVerifier()
        found: dict[str, Any] | None = None
        try:
            for row in entries(verifier):
                verifier.check(row)
                if row["digest"] == wanted:
                    found = row
        except BrokenChainError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{verifier.count} entries, all unchanged. The last digest: {verifier.digest or 'none'}")
        if options["contains"] is not None:
            if not found:
                raise CommandError("No entry has that digest.")
            self.stdout.write(f"Found: entry {found['number']}, {found['verb']}, {found['at']:%F %T} UTC")


def entries(verifier: ChainVerifier) -> Iterator[dict[str, Any]]:
    """Yield every row of the log, then check that no later entry was cut off the end."""
    yield from readable(Transition.objects.all())
    head = LogHead.objects.first() or LogHead()
    logged_meanwhile = Transition.objects.filter(number__gt=verifier.count, number__lte=head.count)
    yield from readable(logged_meanwhile)
    verifier.check_end(head.count, head.digest)


def readable(log: TransitionQuerySet) -> Iterator[dict[str, Any]]:
    """Yield the rows of a part of the log, up to one whose date can no longer be read."""
    last = 0
    try:
        for row in log.rows():
            last = row["number"]
            yield row
    except ValueError:  # somewhere in the batch that was just fetched
        for number in log.filter(number__gt=last).order_by("number").values_list("number", flat=True):
            yield from row_of(log, number)


def row_of(log: TransitionQuerySet, number: int) -> list[dict[str, Any]]:
    """Return the row of one entry in a list; raise BrokenChainError if it cannot be read."""
    try:
        return list(log.filter(number=number).rows())
    except ValueError:
        raise BrokenChainError(f"Entry {number} was edited: it cannot be read.") from None
