from django.core.management.base import BaseCommand

from ... import workflow
from ...models import Document, Picture


class Command(BaseCommand):
    """Asks for text, clean copies and renditions to be made again from the originals."""

    help = "Ask for documents that wait, are faulty or have no clean copy to be read again, and pictures likewise."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="also those that were read well")

    def handle(self, *args, **options):
        everything = options["all"]
        documents = Document.objects.all() if everything else Document.objects.unread()
        pictures = Picture.objects.all() if everything else Picture.objects.unready()
        read = workflow.read_again(documents.only("pk"))
        rendered = workflow.render_again(pictures.only("pk"))
        self.stdout.write(f"Asked for {read} documents to be read and {rendered} pictures to be rendered.")
