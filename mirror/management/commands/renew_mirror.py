from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from ...tasks import renew_mirror


class Command(BaseCommand):
    """Let the worker renew the copy, because time changes pages too. `run_chores` runs this every five minutes."""

    help = "Let the worker bring the folder in MIRROR_DIR up to date."

    def handle(self, **options: Any) -> None:
        if settings.MIRROR_DIR:
            renew_mirror.enqueue()
