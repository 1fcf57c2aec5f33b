"""Lanes: queues with processes of their own, so that no work waits behind slower work of another kind.

A task names its lane: `@task(queue_name=FILES)`. A short task that a person waits for needs no lane of its own.
"""

import os
from dataclasses import dataclass

from django.conf import settings

FILES = "files"  # cleaning and reading: seconds to minutes for each file, and hundreds of files before a deadline
INDEX = "index"  # one process only, because the index has one writer
MAIL = "mail"  # sign-in codes, which must not wait until an index is rebuilt
MIRROR = "mirror"  # the copy of the site, which takes minutes to renew and must lose what is taken down at once
DEFAULT = "default"  # what staff wait for: imports, the structure of a summary, publication at a planned time

MAX_FILES_AT_ONCE = 4
LAST_RANK = 100  # the rank after which all files of one owner are equal; the lowest priority of a task is -100


@dataclass(frozen=True)
class Lane:
    """A lane: the name of its queue, its number of processes, and how much they give way to others (see `nice`).

    Work that has waited for more than `patience` seconds is late.
    """

    name: str
    processes: int
    niceness: int
    patience: int


LANES = (
    Lane(FILES, min(os.cpu_count() or 1, MAX_FILES_AT_ONCE), 10, 900),
    Lane(INDEX, 1, 5, 60),
    Lane(MAIL, 1, 0, 60),
    Lane(DEFAULT, 1, 0, 300),
    *([Lane(MIRROR, 1, 10, 120)] if settings.MIRROR_DIR else []),
)


def file_priority(waiting: int) -> int:
    """Return the priority of a file whose owner has this many files `waiting` before it.

    The first files of all owners come first, then their second ones, so that nobody waits behind all files of another.
    """
    return -min(waiting, LAST_RANK)
