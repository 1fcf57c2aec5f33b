import sys
from typing import Any

from django.core.management.base import BaseCommand

from desk.health import examine


class Command(BaseCommand):
    """Print the state of each part with its numbers, for operators; the exit code is 1 if one has a problem."""

    help = "Print the state of each part of the portal; the exit code is 1 if one has a problem."

    def handle(self, **options: Any) -> None:
        parts = examine()
        for part in parts:
            numbers = ", ".join(f"{name} {number}" for name, number in part.numbers.items())
            self.stdout.write(f"{part.name}: {part.word}" + (f" ({numbers})" if numbers else ""))
        if not all(part.is_well for part in parts):
            sys.exit(1)
