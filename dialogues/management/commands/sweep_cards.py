from django.core.management.base import BaseCommand

from dialogues.cards.keeping import sweep


class Command(BaseCommand):
    """Takes away cards of records that changed or are not public any more; they are made again when asked for."""

    help = "Delete the pictures for social networks of what changed or is not public any more."

    def handle(self, **options):
        if swept := sweep():
            self.stdout.write(f"{swept} cards deleted.")
