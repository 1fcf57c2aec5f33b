"""Where files lie: outside the web root, under names that say nothing."""

from uuid import uuid4

from django.core.files.storage import Storage, storages


def private_storage() -> Storage:
    """Return the storage that no web server reaches; a callable, so that migrations do not fix its place."""
    return storages["documents"]


def random_name(instance, filename: str) -> str:
    """Return a name that cannot be guessed, two folders deep, without an extension."""
    name = uuid4().hex
    return f"{name[:2]}/{name[2:4]}/{name}"
