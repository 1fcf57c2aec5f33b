"""The list of moves, kept beside the backups: what was taken down after a backup stays down when it is restored.

It is a file with one line of JSON for each entry of the log of moves. It names records by kind and key, and no people.
"""

import json
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from publishing.log_chain import kind
from publishing.models import Transition, Verb

FILE = "moves.jsonl"

logger = logging.getLogger(__name__)


class NotAListError(Exception):
    """The file is not a list of moves."""


@dataclass(frozen=True)
class NotedMove:
    """An entry of the log of moves: what happened to which record."""

    number: int
    kind: str  # such as "contributions.contribution"
    key: int
    verb: str
    at: str
    digest: str
    invitations: tuple[int, ...] = ()  # keys of those that were withdrawn; the log has them in the entry of their call

    @classmethod
    def of(cls, entry: Transition) -> "NotedMove":
        """Return what is noted of an entry."""
        moment = entry.at.isoformat(timespec="seconds")
        return cls(
            entry.number,
            kind(entry.content_type),
            entry.object_id,
            entry.verb,
            moment,
            entry.digest,
            _invitations(entry),
        )


def _invitations(entry: Transition) -> tuple[int, ...]:
    return tuple(entry.facts["invitations"]) if entry.verb == Verb.WITHDRAW_INVITATION else ()


def list_path() -> Path | None:
    """Return where the list is, or None if no folder for backups is set."""
    return Path(settings.BACKUP_DIR) / FILE if settings.BACKUP_DIR else None


def note(entries: Iterable[Transition]) -> None:
    """Add entries to the list, if there is a folder for backups. If it fails, `note_missing` adds them later."""
    if (path := list_path()) is None:
        return
    lines = "".join(json.dumps(asdict(NotedMove.of(entry))) + "\n" for entry in entries)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # One write at the end of the file: lines of several processes do not mix.
    file = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    try:
        os.write(file, lines.encode())
        os.fsync(file)
    finally:
        os.close(file)


def note_missing() -> int:
    """Add the entries of the log that the list lacks, and return how many there were."""
    if (path := list_path()) is None:
        return 0
    noted = {move.digest for move in noted_moves(path)} if path.exists() else set()
    entries = Transition.objects.select_related("content_type").order_by("number").iterator(chunk_size=1000)
    missing = [entry for entry in entries if entry.digest not in noted]
    if missing:
        note(missing)
    return len(missing)


def noted_moves(path: Path) -> Iterator[NotedMove]:
    """Yield the moves of a list in order. A line that a crash cut off is left out: its move is noted again later."""
    with path.open(encoding="utf8") as lines:
        for line in lines:
            try:
                yield NotedMove(**json.loads(line))
            except (ValueError, TypeError):
                logger.warning("A line of %s cannot be read.", path.name)


def given_moves(path: Path) -> list[NotedMove]:
    """Return the moves of a list that an operator named. Raises OSError, and NotAListError if no line is a move."""
    try:
        moves = list(noted_moves(path))
    except UnicodeDecodeError:
        moves = []
    if not moves and path.stat().st_size:
        raise NotAListError(f"{path} is not a list of moves.")
    return moves
