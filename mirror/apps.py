from django.apps import AppConfig
from django.core.checks import register

from .checks import check_mirror


class MirrorConfig(AppConfig):
    """A copy of the public site as static files, for when the site cannot be reached, and for reading offline."""

    name = "mirror"

    def ready(self) -> None:
        register(check_mirror)
