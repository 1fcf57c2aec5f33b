"""What a backup holds: a copy of the database, the stored files, and the key that signs what the portal gives out.

Nothing else has to be kept: the index, cards and pages are made again.
"""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.utils import timezone

from documents.orphans import referenced_names, stored_names
from publishing.models import LogHead

from . import archive, database
from .archive import ArchiveWriter, BackupError, Manifest
from .unfinished import unfinished_folder

DATABASE, KEY = "database", "secret-key"
STORES = ("default", "documents")  # of the setting STORAGES
NAME = "portal-{:%Y-%m-%dT%H%M%SZ}.tar"


def make(folder: Path, *, recipient: str = "") -> tuple[Path, Manifest]:
    """Write a backup into a folder while the site is in use; check it, and return its path and its manifest.

    The database is copied first: a file is written before its row, so the files then are all that the copy names,
    except for those that were deleted meanwhile. Raises BackupError or OSError, and leaves nothing behind.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / NAME.format(datetime.now(UTC))
    if recipient:
        path = path.with_name(path.name + archive.ENCRYPTED)
    head = LogHead.objects.first() or LogHead()
    manifest = Manifest(timezone.now().isoformat(timespec="seconds"), database.engine(), head.count, head.digest)
    with unfinished_folder(folder) as unfinished:
        copy = unfinished / DATABASE
        database.dump(copy)
        archive.write(path, manifest, lambda writer: fill(writer, copy), unfinished=unfinished, recipient=recipient)
    if not recipient:
        archive.verified(path)
    return path, manifest


def fill(writer: ArchiveWriter, copy: Path) -> None:
    """Add everything to a backup."""
    with copy.open("rb") as file:
        writer.add(DATABASE, file, copy.stat().st_size)
    for store in STORES:
        storage, present = storages[store], set()
        for name in stored_names(storage):
            try:
                size = storage.size(name)
                with storage.open(name) as file:
                    writer.add(f"files/{store}/{name}", file, size)
                present.add(name)
            except FileNotFoundError:  # deleted meanwhile
                continue
        missing = referenced_names(storage) - present
        writer.manifest.missing += sorted(f"{store}/{name}" for name in missing if not storage.exists(name))
    key = settings.SECRET_KEY.encode()
    writer.add(KEY, io.BytesIO(key), len(key))


def store_of(member: str) -> tuple[Storage, str] | None:
    """Return the storage and the name of a member that is a stored file. Raises BackupError for an unsafe name."""
    kind, _, rest = member.partition("/")
    if kind != "files":
        return None
    store, _, name = rest.partition("/")
    if store not in STORES or not name or ".." in name.split("/") or name.startswith("/"):
        raise BackupError(f"{member} is not a name of a stored file.")
    return storages[store], name


def backups_in(folder: Path) -> Iterator[Path]:
    """Yield the finished backups of a folder, the newest first."""
    yield from sorted(folder.glob("portal-*.tar*"), reverse=True)
