"""A clock that can be set for the processes of the portal alone.

It shifts `time.time` and what `django.utils.timezone.now` reads. libfaketime would shift everything, but the forks of a
process that it was loaded into do not answer.
"""

import mmap
import os
import struct
import time
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

VARIABLE = "FAULTS_CLOCK"  # names the file with the offset, in seconds


def environment(folder):
    """Return the variables by which a process takes its clock from `folder`, which `set_clock` sets."""
    (folder / "clock").write_bytes(struct.pack("d", 0))
    return {VARIABLE: str(folder / "clock")}


def set_clock(folder, seconds):
    """Set the clock of the processes off by so many seconds."""
    with open(folder / "clock", "r+b") as file:
        file.write(struct.pack("d", seconds))


def follow():
    """Let this process and its forks take their clock from the file that VARIABLE names, if it names one."""
    if VARIABLE not in os.environ:
        return
    with open(Path(os.environ[VARIABLE]), "rb") as file:
        shared = mmap.mmap(file.fileno(), 8, access=mmap.ACCESS_READ)
    real_time = time.time

    def offset():
        return struct.unpack("d", shared[:8])[0]

    class ShiftedDatetime(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(seconds=offset())

    time.time = lambda: real_time() + offset()
    timezone.datetime = ShiftedDatetime
