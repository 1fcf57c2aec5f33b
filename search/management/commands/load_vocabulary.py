from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.models import Concept
from search.workflow import OWN_LIST, load_vocabulary, read_vocabulary


class Command(BaseCommand):
    """Load the vocabulary from a CSV file, such as an edited export of the admin."""

    help = "Add concepts to the vocabulary, and replace the terms of those that exist. None is deleted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, help="CSV; without it, the portal's own list is loaded into an empty one"
        )

    def handle(self, *, file: Path | None, **options: object) -> None:
        if file is None and Concept.objects.exists():
            self.stdout.write("There is a vocabulary already: nothing was loaded.")
            return
        try:
            added, replaced = load_vocabulary(read_vocabulary(file or OWN_LIST))
        except (OSError, UnicodeError) as error:
            raise CommandError(f"The file cannot be read: {error}") from error
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        self.stdout.write(f"Vocabulary: {added} concepts added, {replaced} replaced.")
