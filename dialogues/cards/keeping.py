"""Cards on the disk: made when first asked for, kept under a name that says what is on them, and taken away again.

They may be deleted at any time: whoever asks for one has it made anew.
"""

import contextlib
import os
import tempfile
import time
from pathlib import Path

from django.conf import settings

from dialogues.models import Dialogue, Quote, Summary

from . import content
from .drawing import draw

LOOKED_AT = 24 * 3600  # seconds after which a kept card is compared with its record again
MAKERS = {
    "dialogue": (Dialogue.objects.published().select_related("series"), content.of_dialogue),
    "summary": (Summary.objects.published().select_related("dialogue"), content.of_summary),
    "quote": (Quote.objects.published().for_lists(), content.of_quote),
}


def folder():
    """Where cards lie."""
    return Path(settings.DATA_DIR) / "cards"


def picture_of(card):
    """The PNG of a card, as it was kept or as it is made now."""
    path = folder() / f"{card.name}-{card.digest}.png"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return keep(path, draw(card), card.name)


def keep(path, picture, name):
    """Write a card whole or not at all, in the place of the one that its record had."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        file.write(picture)
    os.replace(file.name, path)
    for old in path.parent.glob(f"{name}-*.png"):
        if old != path:
            old.unlink(missing_ok=True)
    return picture


def sweep():
    """Delete cards of what is not public any more or has changed, and what a process that died left; return how many.

    A card is looked at once a day, so that a chore that runs each five minutes stays short.
    """
    due = [path for path in folder().glob("*") if age(path) > LOOKED_AT]
    wanted = current({path.stem for path in due if path.suffix == ".png"})
    gone = [path for path in due if path.stem not in wanted]
    for path in gone:
        path.unlink(missing_ok=True)
    for path in set(due) - set(gone):
        with contextlib.suppress(FileNotFoundError):
            os.utime(path)
    return len(gone)


def age(path):
    """Seconds since a card was made or looked at; none of one that a newer one has just replaced."""
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0


def current(names):
    """Those of these names (`quote-7-<digest>`) that are names of cards as they would be made now."""
    found = set()
    for kind, (records, make) in MAKERS.items():
        numbers = [name.split("-")[1] for name in names if name.startswith(f"{kind}-")]
        for record in records.filter(pk__in=numbers):
            card = make(record)
            found.add(f"{card.name}-{card.digest}")
    cards = [content.of_site(code) for code, _ in settings.LANGUAGES]
    return names & (found | {f"{card.name}-{card.digest}" for card in cards})
