"""How far the copy is behind the site."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from publishing.models import PublicChange

from .folder import INDEX
from .takedown import STATE
from .workflow import COMPLETE_STATE, site_state


@dataclass(frozen=True)
class MirrorState:
    """The state of a copy.

    `age` is the number of seconds since it was last complete and current. The other numbers count the pages that wait,
    that the portal could not make, and that an operator keeps out.
    """

    is_looked_through: bool  # for what the last change took down
    age: int
    waiting: int
    failed: int
    kept_out: int


def mirror_state(root: Path) -> MirrorState | None:
    """Return the state of a copy, or None if it cannot be read or does not exist yet."""
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
    """Return how long ago the first change after a state was; 0 if only time or the release has changed."""
    last = state.partition("/")[0]
    later = PublicChange.objects.filter(pk__gt=int(last)) if last.isdecimal() else PublicChange.objects.all()
    first = later.order_by("pk").values_list("at", flat=True).first()
    return max(0, int((timezone.now() - first).total_seconds())) if first else 0
