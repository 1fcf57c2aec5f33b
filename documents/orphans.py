"""Files in the private storage that no row refers to: what a process that died, or a deleted account, left behind."""

import time
from collections.abc import Iterator

from django.apps import apps
from django.core.files.storage import Storage
from django.db.models import FileField

from .storage import private_storage

YOUNG = 24 * 60 * 60  # seconds: a file is written before its row, so a young one may be waited for


def orphaned_files() -> list[str]:
    """Return the names of old files that no row of any app refers to.

    Raises LookupError if rows refer to none of many files: then the database is more likely wrong than the files.
    """
    storage = private_storage()
    present = list(stored_names(storage)) if storage.exists("") else []
    known = referenced_names(storage)  # read after the folder, so that what came in meanwhile is known
    if present and known.isdisjoint(present):
        raise LookupError("No row refers to any stored file: is this the right database? Nothing was deleted.")
    return [name for name in present if name not in known and _is_old(storage, name)]


def stored_names(storage: Storage, folder: str = "") -> Iterator[str]:
    """All files below a folder, by their names in the storage."""
    folders, files = storage.listdir(folder)
    yield from (f"{folder}{file}" for file in files)
    for inner in folders:
        yield from stored_names(storage, f"{folder}{inner}/")


def referenced_names(storage: Storage) -> set[str]:
    """The names that the file fields of this storage hold, whichever app they are of."""
    fields = [
        (model, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, FileField) and field.storage == storage
    ]
    return {name for model, field in fields for name in model._base_manager.values_list(field, flat=True) if name}


def _is_old(storage: Storage, name: str) -> bool:
    try:
        return time.time() - storage.get_modified_time(name).timestamp() > YOUNG
    except FileNotFoundError:
        return False
