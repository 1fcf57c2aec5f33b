"""Restores a backup into an empty place, and takes down again what was taken down since."""

import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.base import File
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.crypto import constant_time_compare
from django_tasks import TaskResultStatus

from background.models import QueuedTask
from publishing.models import PublicChange
from search.tasks import rebuild_index

from . import archive, contents, database, outgrown, replay
from .archive import BackupError, Manifest
from .takedowns import NotedMove
from .unfinished import unfinished_folder


@dataclass
class Restored:
    """What was restored, and what staff and operators must know of it."""

    manifest: Manifest
    files: int = 0
    taken_down: list[str] = field(default_factory=list)
    has_same_key: bool = True


def restore(path: Path, moves: Iterable[NotedMove], *, identity: str = "") -> Restored:
    """Restore a backup into the empty database and storages of the settings.

    The backup is read to its end first. All files come before the database, and the database gets its name only once
    `moves`, those after the backup, are taken into account. So an interrupted restore shows nothing and can be
    repeated. A backup of SQLite can also be restored into PostgreSQL. Raises BackupError if the database is not empty.
    """
    if not database.is_empty():
        raise BackupError("The database is not empty: set DATA_DIR and DATABASE_URL to a new place.")
    manifest = archive.verified(path, identity)
    if manifest.engine == "postgresql" and database.engine() == "sqlite":
        raise BackupError("The backup is of a database of PostgreSQL: set DATABASE_URL to one.")
    restored = Restored(manifest)
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    if not settings.DEBUG:  # without the static files, which are in DATA_DIR, no page can be shown
        call_command("collectstatic", "--noinput", verbosity=0)
    with unfinished_folder(settings.DATA_DIR) as unfinished:
        copy = unfinished / contents.DATABASE
        archive.verified(path, identity, each=lambda name, file: _take_out(name, file, copy, restored))
        if manifest.engine == "sqlite":
            with database.in_use(copy):
                _catch_up(moves, restored)
                with connection.cursor() as cursor:
                    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if database.engine() == "sqlite":
                os.replace(copy, connection.settings_dict["NAME"])
            else:
                with database.unread():
                    call_command("migrate", verbosity=0)
                    outgrown.copy_rows(copy)
        else:
            with database.loaded(copy):
                _catch_up(moves, restored)
    return restored


def _take_out(name: str, file: IO[bytes], copy: Path, restored: Restored) -> None:
    if name == contents.DATABASE:
        with open(os.open(copy, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as out:
            shutil.copyfileobj(file, out)
    elif name == contents.KEY:
        restored.has_same_key = constant_time_compare(file.read().decode(), settings.SECRET_KEY)
    elif place := contents.store_of(name):
        storage, stored = place
        storage.delete(stored)  # of a restore that was interrupted
        with tempfile.TemporaryFile(dir=settings.DATA_DIR) as whole:
            shutil.copyfileobj(file, whole)
            whole.seek(0)
            if storage.save(stored, File(whole)) != stored:
                raise BackupError(f"The storage did not keep the name {stored}.")
        restored.files += 1


def _catch_up(moves: Iterable[NotedMove], restored: Restored) -> None:
    """Migrate the database to this release, and stop what must not continue or come back."""
    call_command("migrate", verbosity=0)
    replay.settle()
    restored.taken_down = replay.replay(moves, since=replay.log_end())
    PublicChange.objects.create()  # so that no page that another process kept counts as current
    rebuild_index.enqueue()  # the index is of another database, and this process may die before it is rebuilt


def make_index() -> bool:
    """Build the index of the restored database. Return whether that was possible now; if not, the worker does it."""
    try:
        call_command("rebuild_index", "--noinput", verbosity=0)
    except CommandError:
        return False
    QueuedTask.objects.filter(task_path=rebuild_index.module_path, status=TaskResultStatus.READY).delete()
    return True
