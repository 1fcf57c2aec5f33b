"""The work queue on the index page of the admin: the lists of work of each app."""

from typing import Any

from contributions import work_queue as contributions
from dialogues import work_queue as proceedings
from publishing.work_queue import WorkList


def work_lists(user: Any) -> list[WorkList]:
    """Return all work that waits for `user`, app by app."""
    return [*contributions.work_lists(user), *proceedings.work_lists(user)]
