from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.http.request import validate_host


def private_folders_of(folder: Path) -> list[str]:
    """Return the names of the settings whose folder contains this one. Only the portal may read those folders."""
    named = {name: getattr(settings, name) for name in ("DATA_DIR", "BACKUP_DIR")}
    return [
        name for name, private in named.items() if private and folder.resolve().is_relative_to(Path(private).resolve())
    ]


def check_mirror(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return the settings with which the copy cannot be made or served."""
    if not settings.MIRROR_DIR:
        return []
    found: list[CheckMessage] = []
    folder = Path(settings.MIRROR_DIR)
    if not folder.is_absolute():
        found.append(Error("MIRROR_DIR is not an absolute path.", id="mirror.E001"))
    found += [
        Error(
            f"MIRROR_DIR is in {name}, which the web server must not read.",
            hint="Name a folder for the copy alone, such as /srv/portal-mirror.",
            id="mirror.E002",
        )
        for name in private_folders_of(folder)
    ]
    host = urlsplit(settings.BASE_URL).hostname or ""
    if not validate_host(host, settings.ALLOWED_HOSTS):
        found.append(
            Error(
                f"The copy is made at the address in BASE_URL, and {host or 'its host'} is not in ALLOWED_HOSTS.",
                id="mirror.E003",
            )
        )
    return found
