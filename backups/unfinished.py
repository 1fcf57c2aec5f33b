"""A folder for unfinished files. If the process that made it was killed, the next one deletes it."""

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
    """Make a folder that only its owner can read. At the end of the block, delete it with what is still in it.

    It is locked while it is in use. A folder that is not locked was left behind by a process that died.
    """
    for left in parent.glob(f"{PREFIX}*"):
        with _locked(left) as is_left:
            if is_left:
                shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=parent, prefix=PREFIX) as name, _locked(Path(name)):
        yield Path(name)


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Lock a folder until the end of the block. Yield False if another process has locked or deleted it."""
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
