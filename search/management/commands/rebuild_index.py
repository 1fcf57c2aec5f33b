from django.core.management.base import BaseCommand, CommandError

from search.seam import BusyError
from search.tasks import rebuild


class Command(BaseCommand):
    """Makes the index anew beside the one in use. Haystack's command of this name would empty it first."""

    help = "Make the search index anew from the database; the old one answers until the new one is whole."

    def add_arguments(self, parser):
        parser.add_argument(
            "--noinput", "--no-input", action="store_true", help="Accepted and not needed: nothing is lost."
        )

    def handle(self, **options):
        try:
            rebuild(self.tell)
        except BusyError:
            raise CommandError("Another process writes the index; try again when it is done.") from None
        self.stdout.write("The search index is new.")

    def tell(self, done):
        self.stderr.write(f"{done} records", ending="\r")
