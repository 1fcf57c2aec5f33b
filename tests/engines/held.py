"""A task that goes on only when a test lets it: it waits until there is a file `go` in a folder."""

import time
from pathlib import Path
from uuid import uuid4

from django_tasks import task

from tests.engines.waiting import PAUSE

ARRIVED, GO = "arrived-", "go"


def wait_in(folder):
    """Say that one more has arrived, and wait until all may go on."""
    Path(folder, f"{ARRIVED}{uuid4().hex}").touch()
    while not Path(folder, GO).exists():
        time.sleep(PAUSE)


def arrived(folder):
    """Return how many wait."""
    return len(list(Path(folder).glob(f"{ARRIVED}*")))


@task
def hold(folder):
    """Wait, and return a word."""
    wait_in(folder)
    return "done"
