from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.errors import UnreadableError

from ...models import Summary
from ...workflow import make_pdf, remove_hidden_pdfs


class Command(BaseCommand):
    """Make the PDF files of public summaries that are missing or outdated; for cron, every five minutes."""

    help = "Make missing and outdated PDF files of public summaries, and delete those of hidden ones."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--all", action="store_true", help="make all again")

    def handle(self, **options: Any) -> None:
        removed, failures, made = remove_hidden_pdfs(), [], 0
        for summary in Summary.objects.published().select_related("dialogue").iterator():
            try:
                made += make_pdf(summary, again=options["all"])
            except UnreadableError as error:
                failures.append(f"{summary}: {error}")
        self.stdout.write(f"{made} made, {removed} deleted.")
        if failures:
            raise CommandError("\n".join(failures))
