"""A folder for what is not finished. The next process deletes it if the one that made it was killed."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "unfinished-"


@contextmanager
def unfinished_folder(parent: Path) -> Iterator[Path]:
    """Give a folder that only its user can read, and delete it with all that is still in it.

    It is locked while it is in use, so those that nobody has locked were left behind.
    """
    for left in parent.glob(f"{PREFIX}*"):
        with _locked(left) as is_left:
            if is_left:
                shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=parent, prefix=PREFIX) as name, _locked(Path(name)):
        yield Path(name)


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Lock a folder; give False if another process has locked or deleted it."""
    try:
        number = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        yield False
        return
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        is_locked = True
    except BlockingIOError:
        is_locked = False
    try:
        yield is_locked
    finally:
        os.close(number)
