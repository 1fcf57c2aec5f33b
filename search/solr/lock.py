"""The lock of an index in Solr: a row in the database, which says who writes.

It is held for a time and renewed while the writer writes, so that one that dies does not keep it; on the same machine
it is free at once. A writer that was held up for longer loses it, and must not commit.
"""

import os
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from search.engine_api import IndexLockedError
from search.models import WriteLock

HELD_FOR = timedelta(seconds=60)  # longer than any request to Solr may take
RENEWED_AFTER = timedelta(seconds=5)
PAUSE = 0.05  # seconds between two tries to get it


class HeldLock:
    """A lock that this process holds."""

    def __init__(self, name: str, holder: str) -> None:
        self.name, self.holder, self._renewed_at = name, holder, timezone.now()

    def renew(self) -> None:
        """Hold it for longer, if it was not renewed just now. Raise IndexLockedError if another has it by now."""
        if timezone.now() - self._renewed_at > RENEWED_AFTER:
            self.check()

    def check(self) -> None:
        """Hold it for longer. Raise IndexLockedError if another has it by now."""
        now = timezone.now()
        if not self._own().update(held_until=now + HELD_FOR):
            raise IndexLockedError
        self._renewed_at = now

    def release(self) -> None:
        """Let others have it."""
        self._own().delete()

    def _own(self) -> QuerySet[WriteLock]:
        return WriteLock.objects.filter(name=self.name, holder=self.holder)


@contextmanager
def write_lock(name: str, *, wait: bool) -> Iterator[HeldLock]:
    """Hold the lock of an index. Raise IndexLockedError if another process holds it and `wait` is false."""
    holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(8)}"
    while not _take(name, holder):
        if not wait:
            raise IndexLockedError
        time.sleep(PAUSE)
    lock = HeldLock(name, holder)
    try:
        yield lock
    finally:
        lock.release()


def _take(name: str, holder: str) -> bool:
    now = timezone.now()
    for other in WriteLock.objects.filter(name=name):
        if other.held_until < now or not _may_live(other.holder):
            WriteLock.objects.filter(name=name, holder=other.holder, held_until=other.held_until).delete()
    row = WriteLock(name=name, holder=holder, held_until=now + HELD_FOR)
    WriteLock.objects.bulk_create([row], ignore_conflicts=True)
    return WriteLock.objects.filter(name=name, holder=holder).exists()


def _may_live(holder: str) -> bool:
    """Return whether the process of a holder lives, as far as this machine knows."""
    machine, _colon, rest = holder.partition(":")
    process = rest.partition(":")[0]
    if machine != socket.gethostname() or not process.isdigit():
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it lives, and is someone else's
        return True
    return True
