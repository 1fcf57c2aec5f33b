"""Where files lie: outside the web root, under names that say nothing."""

import os
from contextlib import contextmanager
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.db.models.fields.files import FieldFile


def private_storage() -> Storage:
    """Return the storage that no web server reaches; a callable, so that migrations do not fix its place."""
    return storages["documents"]


def random_name(instance, filename: str) -> str:
    """Return a name that cannot be guessed, two folders deep, without an extension."""
    name = uuid4().hex
    return f"{name[:2]}/{name[2:4]}/{name}"


@contextmanager
def file_on_disk(file: FieldFile, content: File):
    """A file that is on the disk for certain, and off it again if what follows fails."""
    file.save("", content, save=False)
    try:
        _flush(file)
        yield
    except BaseException:
        file.storage.delete(file.name)
        raise


@contextmanager
def file_with_row(file: FieldFile, content: File):
    """A transaction for the row of a file that is on the disk before it, and off it again if the row fails."""
    with file_on_disk(file, content), transaction.atomic():
        yield


def _flush(file: FieldFile) -> None:
    # A receipt may be given once the row is committed, so a power cut must not take the file that it is for.
    with file.storage.open(file.name) as stored:
        os.fsync(stored.fileno())
