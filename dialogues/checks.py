from collections.abc import Sequence
from ctypes.util import find_library
from functools import cache

from django.apps import AppConfig
from django.core.checks import Warning as CheckWarning

# What WeasyPrint loads; Debian has it in libpango-1.0-0, libpangoft2-1.0-0 and what these need.
LIBRARIES = ("gobject-2.0", "pango-1.0", "pangoft2-1.0", "harfbuzz", "fontconfig")


@cache
def can_draw() -> bool:
    """Return whether this machine has the libraries that draw PDF files."""
    return all(find_library(name) for name in LIBRARIES)


def check_pdf_libraries(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckWarning]:
    """Name the Debian packages without which summaries are not offered as PDF."""
    if can_draw():
        return []
    return [
        CheckWarning(
            "Pango is not installed: summaries are not offered as PDF.",
            hint="On Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0.",
            id="dialogues.W001",
        )
    ]
