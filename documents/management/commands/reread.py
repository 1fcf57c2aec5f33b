from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ... import workflow
from ...models import Document, Picture


class Command(BaseCommand):
    """Queue tasks that recreate text, clean copies and renditions from the originals."""

    help = "Read documents again that are waiting, faulty or without a clean copy, and render such pictures again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="include documents and pictures without problems")

    def handle(self, *args: Any, **options: Any) -> None:
        everything = options["all"]
        documents = Document.objects.all() if everything else Document.objects.unread()
        pictures = Picture.objects.all() if everything else Picture.objects.unready()
        read = workflow.read_again(documents.only("pk"))
        rendered = workflow.render_again(pictures.only("pk"))
        self.stdout.write(f"Queued {read} documents for reading and {rendered} pictures for rendering.")
