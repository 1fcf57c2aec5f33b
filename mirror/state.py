"""How far the copy is behind the site."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from publishing.models import PublicChange

from .folder import INDEX
from .workflow import COMPLETE_STATE, STATE, site_state


@dataclass(frozen=True)
class MirrorState:
    """A copy: whether it was looked through since the last change, for how many seconds it has not been complete and
    current, how many pages are to be copied, and how many could not be made or are kept out by hand.
    """

    is_looked_through: bool
    age: int
    waiting: int
    failed: int
    kept_out: int


def mirror_state(root: Path) -> MirrorState | None:
    """Return the state of a copy, or None if it cannot be read or was not begun."""
    try:
        with closing(sqlite3.connect(f"{(root / INDEX).as_uri()}?mode=ro", uri=True)) as index:
            return _read(index)
    except sqlite3.DatabaseError:
        return None


def _read(index: sqlite3.Connection) -> MirrorState:
    def note(name: str) -> str:
        found = index.execute("SELECT value FROM notes WHERE name = ?", [name]).fetchone()
        return str(found[0]) if found else ""

    def count(query: str, *values: str) -> int:
        return int(index.execute(query, values).fetchone()[0])

    now = site_state()
    is_current = note(COMPLETE_STATE) == now
    return MirrorState(
        is_looked_through=note(STATE) == now,
        age=0 if is_current else _seconds_since(note(COMPLETE_STATE)),
        waiting=0 if is_current else count("SELECT COUNT(*) FROM pages WHERE state != ? OR turn = 0", now),
        failed=count("SELECT COUNT(*) FROM pages WHERE failed"),
        kept_out=count("SELECT COUNT(*) FROM barred"),
    )


def _seconds_since(state: str) -> int:
    """Return how long ago the first change after a state was; 0 if time or a new release was all that has changed."""
    last = state.partition("/")[0]
    later = PublicChange.objects.filter(pk__gt=int(last)) if last.isdecimal() else PublicChange.objects.all()
    first = later.order_by("pk").values_list("at", flat=True).first()
    return max(0, int((timezone.now() - first).total_seconds())) if first else 0
