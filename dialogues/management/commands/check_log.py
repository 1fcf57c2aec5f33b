from django.core.management.base import BaseCommand, CommandError

from dialogues.chain import MisfitError, Walk
from dialogues.models import LogHead, Transition


class Command(BaseCommand):
    """Walks the log of moves from its first entry to its last.

    Who can write to the database can make the whole chain anew; so keep the digest that this prints elsewhere, on paper
    or in a letter, and ask for it later with `--contains`.
    """

    help = "Check that no entry of the log of moves was edited, taken out, put in or moved since it was written."

    def add_arguments(self, parser):
        parser.add_argument("--contains", metavar="DIGEST", help="also look for this digest, as printed on a receipt")

    def handle(self, **options):
        wanted = "".join((options["contains"] or "").split()).lower()
        walk, found = Walk(), None
        try:
            for row in entries(walk):
                walk.take(row)
                if row["digest"] == wanted:
                    found = row
        except MisfitError as misfit:
            raise CommandError(str(misfit)) from None
        self.stdout.write(f"{walk.count} entries, all as they were written. The last digest: {walk.digest or 'none'}")
        if options["contains"] is not None:
            if not found:
                raise CommandError("No entry has the digest that you ask for.")
            self.stdout.write(f"It has the digest: entry {found['number']}, {found['verb']}, {found['at']:%F %T} UTC")


def entries(walk):
    """Every row of the log, and after the last of them a look whether it is the last that was written."""
    yield from readable(Transition.objects.all())
    head = LogHead.objects.first() or LogHead()
    yield from readable(Transition.objects.filter(number__gt=walk.count, number__lte=head.count))  # logged meanwhile
    walk.end(head.count, head.digest)


def readable(log):
    """The rows of a part of the log, up to one that was edited into what is no date."""
    last = 0
    try:
        for row in log.walk():
            last = row["number"]
            yield row
    except ValueError:  # somewhere in the batch that was just fetched
        for number in log.filter(number__gt=last).order_by("number").values_list("number", flat=True):
            yield from alone(log, number)


def alone(log, number):
    """The row of one entry."""
    try:
        return list(log.filter(number=number).walk())
    except ValueError:
        raise MisfitError(f"Entry {number} is not as it was written: it can't even be read.") from None
