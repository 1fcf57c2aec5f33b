"""Records and their index, made once for all tests of a module, which cost more to make than to look at."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import override_settings

from search.tasks import update_index
from tests.sample import index_at

NO_TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}


def made_once(blocker: Any, make: Callable[[], Any]) -> Iterator[Any]:
    """Yield what `make` returns, for a fixture of a module; `blocker` is the fixture `django_db_blocker`.

    Each test runs in a transaction inside this one, so that what it changes is undone. Tests that change the attributes
    of these records need a deep copy. The records are there for the other tests of the module too, in any order.
    """
    with blocker.unblock(), transaction.atomic():
        with override_settings(TASKS=NO_TASKS):
            made = make()
        yield made
        transaction.set_rollback(True)


def index_made_once(blocker: Any, folder: Path) -> Path:
    """Index the records that `made_once` made, in this folder, of which each test takes a copy."""
    with blocker.unblock(), index_at(folder):
        update_index.call()
    return folder
