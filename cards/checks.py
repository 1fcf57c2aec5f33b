from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import Info

from . import fonts


def check_fonts(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[Info]:
    """Name the Debian packages whose fonts are missing; without them, cards leave out some text."""
    return [
        Info(
            f"{package} is not installed: cards leave out text that they have no font for.",
            hint=f"On Debian: apt-get install {package}. Fonts are looked up below FONT_DIRS.",
            id="cards.I001",
        )
        for package in fonts.missing_packages()
    ]
