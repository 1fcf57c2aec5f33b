"""The lock of an index in Solr: a row in the database, which says who writes.

A writer holds it for a limited time and renews it while it works, so that a dead writer does not keep it. On the same
machine, the lock of a dead writer is free at once. A writer that was held up for too long loses it, and must not
commit.
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
PAUSE = 0.05  # seconds between two attempts to take it


class HeldLock:
    """A lock that this process holds."""

    def __init__(self, name: str, holder: str) -> None:
        self.name, self.holder, self._renewed_at = name, holder, timezone.now()

    def renew(self) -> None:
        """Renew it unless that was done just now. Raise IndexLockedError if another process has it by now."""
        if timezone.now() - self._renewed_at > RENEWED_AFTER:
            self.check()

    def check(self) -> None:
        """Renew it. Raise IndexLockedError if another process has it by now."""
        now = timezone.now()
        if not self._own().update(held_until=now + HELD_FOR):
            raise IndexLockedError
        self._renewed_at = now

    def release(self) -> None:
        """Release it."""
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
    """Return whether the process of a holder may be alive, as far as this machine knows."""
    machine, _colon, rest = holder.partition(":")
    process = rest.partition(":")[0]
    if machine != socket.gethostname() or not process.isdigit():
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it is alive, and belongs to another user
        return True
    return True
