from django.core.management.base import BaseCommand

from portal.components import page


class Command(BaseCommand):
    """Write `docs/components.html`."""

    help = "Write docs/components.html: every component of the public pages, rendered from the real templates."

    def handle(self, **options: object) -> None:
        page.WHERE.write_text(page.render(), "utf8")
        self.stdout.write(f"Written: {page.WHERE}")
