"""Cards on disk: drawn when first requested and stored under a name that covers their content.

The folder can be deleted at any time; cards are drawn again on request.
"""

import contextlib
import os
import tempfile
import time
from pathlib import Path

from django.conf import settings

from .card import KINDS, Card
from .drawing import draw

CHECK_AFTER = 3600  # seconds before a stored card is compared with its record again


def folder() -> Path:
    """Return the folder that holds the pictures."""
    return Path(settings.DATA_DIR) / "cards"


def picture_of(card: Card) -> bytes:
    """Return the PNG of a card, from the folder or newly drawn."""
    path = folder() / f"{card.file_name}.png"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return _store(path, draw(card), card.name)


def _store(path: Path, picture: bytes, name: str) -> bytes:
    """Write a picture atomically, and remove the older pictures of the same record."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        file.write(picture)
    os.replace(file.name, path)
    for old in path.parent.glob(f"{name}-*.png"):
        if old != path:
            old.unlink(missing_ok=True)
    return picture


def sweep() -> int:
    """Delete cards whose record changed or is not public any more, and partial files; return how many.

    Each card is checked once an hour, so that a task that runs every five minutes stays short.
    """
    due = [path for path in folder().glob("*") if _age(path) > CHECK_AFTER]
    current = _current({path.stem for path in due if path.suffix == ".png"})
    outdated = [path for path in due if path.stem not in current]
    for path in outdated:
        path.unlink(missing_ok=True)
    for path in set(due) - set(outdated):
        with contextlib.suppress(FileNotFoundError):
            os.utime(path)
    return len(outdated)


def _age(path: Path) -> float:
    """Return the seconds since a card was drawn or checked; 0 for one that was just replaced."""
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0


def _current(names: set[str]) -> set[str]:
    """Return those of `names` (`quote-7-<digest>`) that a card drawn now would have."""
    return names & {card.file_name for kind in KINDS.values() for card in kind.current_cards(names)}
