"""The staff desk's first page: what waits in each room, in that room's own words."""

from contributions import waiting as contributions
from dialogues import waiting as proceedings

ROOMS = [contributions.heaps, proceedings.heaps]


def heaps(user):
    """All that waits for `user`, in the order in which rooms are asked."""
    return [heap for ask in ROOMS for heap in ask(user)]
