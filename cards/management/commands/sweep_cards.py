from django.core.management.base import BaseCommand

from cards.cache import sweep


class Command(BaseCommand):
    """Delete outdated cards; they are drawn again on request."""

    help = "Delete the cached cards of records that changed or are not public any more."

    def handle(self, **options: object) -> None:
        if swept := sweep():
            self.stdout.write(f"{swept} cards deleted.")
