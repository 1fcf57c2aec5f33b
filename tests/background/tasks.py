"""Tasks to be run, or to be failed."""

import errno

from django_tasks import task


@task
def succeed():
    """Return a value."""
    return "done"


@task
def fail():
    """Fail each time."""
    raise ValueError("It is wrong.")


@task
def find_the_disk_full():
    """Fail until there is room."""
    raise OSError(errno.ENOSPC, "No space left on device")
