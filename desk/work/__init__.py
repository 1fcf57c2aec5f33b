"""The work that waits for staff, on the first page of the desk."""

from typing import Any

from . import contributions, faults, proceedings
from .lines import WorkList


def work_lists(user: Any) -> list[WorkList]:
    """Return all work that waits for `user`."""
    return [*faults.work_lists(user), *contributions.work_lists(user), *proceedings.work_lists(user)]
