from django.core.management.base import BaseCommand

from portal.reading_font import make_font


class Command(BaseCommand):
    """Make the font of long texts."""

    help = "Make the font of long texts again from its package."

    def handle(self, **options: object) -> None:
        path = make_font()
        self.stdout.write(f"{path}: {path.stat().st_size / 1024:.0f} KB")
