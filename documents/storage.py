"""Private storage of files: outside the web root, under names that reveal nothing."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import transaction
from django.db.models import Model
from django.db.models.fields.files import FieldFile


def private_storage() -> Storage:
    """Return the storage that no web server can reach.

    This is a callable so that migrations do not record its location.
    """
    return storages["documents"]


def upload_storage() -> Storage:
    """Return the storage for uploads in pieces, which is a folder, as files are appended to and locked."""
    return storages["uploads" if "uploads" in settings.STORAGES else "documents"]


def random_name(instance: Model, filename: str) -> str:
    """Return a name that cannot be guessed, in two levels of folders, without an extension."""
    name = uuid4().hex
    return f"{name[:2]}/{name[2:4]}/{name}"


def stored_name(file: FieldFile) -> str:
    """Return the name of a stored file in its storage; raise ValueError if the field holds no file."""
    if not file.name:
        raise ValueError("The field holds no file.")
    return file.name


@contextmanager
def file_on_disk(file: FieldFile, content: File) -> Iterator[None]:
    """Save a file and flush it to the disk; delete it if the block raises an error."""
    file.save("", content, save=False)
    try:
        _flush(file)
        yield
    except BaseException:
        file.storage.delete(stored_name(file))
        raise


@contextmanager
def file_with_row(file: FieldFile, content: File) -> Iterator[None]:
    """Save a file, and run the block in a transaction that writes its row; delete the file if the block fails."""
    with file_on_disk(file, content), transaction.atomic():
        yield


def delete_on_commit(files: Iterable[FieldFile]) -> None:
    """Delete stored files once the current transaction is committed."""
    stored = [(file.storage, stored_name(file)) for file in files]

    def delete() -> None:
        for storage, name in stored:
            storage.delete(name)

    transaction.on_commit(delete)


def _flush(file: FieldFile) -> None:
    # A receipt may be issued once the row is committed, so a power cut must not lose the file that it confirms.
    # Other storages have stored what they have accepted.
    if not isinstance(file.storage, FileSystemStorage):
        return
    with file.storage.open(stored_name(file)) as stored:
        os.fsync(stored.fileno())
