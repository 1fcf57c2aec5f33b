"""The state of each part of the portal: a word for everyone, numbers for staff and operators.

Numbers would tell the public what is being prepared, and tasks that were set aside change no word, because anyone could
send a file that makes one.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, storages
from django.db import Error as AnyDatabaseError
from django.db.models import Count, Min, Q
from django.utils import timezone
from haystack import connections

from background.lanes import LANES
from background.state import lane_states
from mail.models import OutgoingEmail
from mail.querysets import LATE_AFTER
from publishing.slots import Slot
from search.engine_api import EngineAwayError, EngineQuery, IndexUnavailableError, QueryTimeoutError, SearchEngine
from search.models import IndexJob
from search.query import request_repair

INDEX_PATIENCE = 60  # seconds that a change may wait for the index
LETTER_PATIENCE = 60  # seconds, for a letter to one person, such as a sign-in code
PERMISSION = "background.change_queuedtask"  # to read the numbers, and to decide about tasks that were set aside
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Part:
    """A part of the portal: its name, one word for its state, and its numbers; an age is in seconds."""

    name: str
    word: str = "ok"
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.word == "ok"


# Parts of apps above, which may ask the database; None for a part that is not used.
more_parts: Slot[[], Part | None] = Slot()


def examine() -> list[Part]:
    """Return the state of all parts."""
    return [*_in_database(), _cache(), *_files(), _disk()]


def _in_database() -> list[Part]:
    try:
        return [Part("database"), _index(), _mail(), *_lanes(), *filter(None, more_parts())]
    except AnyDatabaseError:  # an InterfaceError too, when the connection was closed
        unknown = ["index", "mail", *(f"{lane.name} lane" for lane in LANES)]
        return [Part("database", "down"), *(Part(name, "unknown") for name in unknown)]


def _index() -> Part:
    jobs = IndexJob.objects.order_by().aggregate(waiting=Count("pk"), oldest=Min("queued_at"))
    age = _seconds_since(jobs["oldest"])
    word = "late" if age > INDEX_PATIENCE else "ok"
    engine: SearchEngine = connections["default"].get_backend()
    try:
        engine.find(EngineQuery(stop=1))
    except IndexUnavailableError:
        word = "unreadable"
        request_repair()  # before the first reader misses it
    except EngineAwayError:
        word = "unreadable"
    except QueryTimeoutError:
        word = "late"
    return Part("index", word, {"waiting": jobs["waiting"], "age": age})


def _mail() -> Part:
    now = timezone.now()
    found = OutgoingEmail.objects.waiting().aggregate(
        waiting=Count("pk"),
        oldest=Min("due_at", filter=Q(due_at__lte=now)),
        to_one_person=Min("due_at", filter=Q(due_at__lte=now, in_bulk=False)),
    )
    numbers = {"waiting": found["waiting"], "age": _seconds_since(found["oldest"])}
    late = [
        _seconds_since(found["to_one_person"]) > LETTER_PATIENCE,
        numbers["age"] > LATE_AFTER.total_seconds(),
    ]
    return Part("mail", "late" if any(late) else "ok", numbers)


def _lanes() -> Iterator[Part]:
    for state in lane_states():
        numbers = {
            "waiting": state.waiting,
            "age": int(state.age),
            "running": state.running,
            "set_aside": state.set_aside,
            "processes": state.processes,
        }
        yield Part(f"{state.lane.name} lane", state.word, numbers)


def _cache() -> Part:
    try:
        cache.set("health", "ok", 60)
        is_reached = cache.get("health") == "ok" and not getattr(cache, "is_away", False)
        word = "ok" if is_reached else "down"
    except Exception:  # each cache has errors of its own
        word = "down"
    return Part("cache", word)


def _files() -> Iterator[Part]:
    """Yield the state of the service that stores files, if they are not in folders of this machine."""
    storage = storages["documents"]
    if isinstance(storage, FileSystemStorage):
        return
    try:
        storage.exists("health")
        yield Part("files")
    except OSError:
        yield Part("files", "down")


def _disk() -> Part:
    free = shutil.disk_usage(settings.DATA_DIR).free // MEGABYTE
    return Part("disk", "ok" if free >= settings.FREE_MEGABYTES else "full", {"free_megabytes": free})


def _seconds_since(moment: datetime | None) -> int:
    return max(0, int((timezone.now() - moment).total_seconds())) if moment else 0
