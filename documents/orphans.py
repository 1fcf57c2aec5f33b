"""Files in the private storage that no row refers to, left by an interrupted process or a deleted account."""

import time
from collections.abc import Iterator

from django.apps import apps
from django.core.files.storage import Storage
from django.db.models import FileField

from .storage import private_storage, upload_storage

MINIMUM_AGE = 24 * 60 * 60  # seconds; a file is written before its row, so a recent file may get its row later


def orphaned_files() -> list[tuple[Storage, str]]:
    """Return old files that no row of any app refers to, each as its storage and its name.

    Raise LookupError if there are files but no row refers to any of them: the database is probably the wrong one.
    """
    places = dict.fromkeys([private_storage(), upload_storage()])
    present = {(storage, name) for storage in places for name in stored_names(storage)}
    # Read after the folders, so that files that arrive meanwhile are included.
    referenced = {(storage, name) for storage in places for name in referenced_names(storage)}
    if present and referenced.isdisjoint(present):
        raise LookupError("No row refers to any stored file: is this the right database? Nothing was deleted.")
    orphaned = sorted(present - referenced, key=lambda file: file[1])
    return [(storage, name) for storage, name in orphaned if _is_old(storage, name)]


def stored_names(storage: Storage, folder: str = "") -> Iterator[str]:
    """Yield the names in the storage of all files below a folder. Yield nothing before the first file is stored."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}{file}" for file in files)
    for inner in folders:
        yield from stored_names(storage, f"{folder}{inner}/")


def referenced_names(storage: Storage) -> set[str]:
    """Return the names that the file fields of all apps hold for this storage."""
    fields = [
        (model, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, FileField) and field.storage == storage
    ]
    return {name for model, field in fields for name in model._base_manager.values_list(field, flat=True) if name}


def _is_old(storage: Storage, name: str) -> bool:
    try:
        return time.time() - storage.get_modified_time(name).timestamp() > MINIMUM_AGE
    except FileNotFoundError:
        return False
