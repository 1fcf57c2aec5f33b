from dataclasses import dataclass

from documents.apart.faults import Unreadable
from documents.apart.parent import ask
from documents.models import Fault, Removed

CLEAN_SECONDS = 120  # by the clock; the child's own limit is on its processor time


@dataclass(frozen=True)
class Cleaned:
    """A clean copy, and what was taken out: pairs of a value of Removed and how many."""

    content: bytes
    removed: list[list]


def clean(data: bytes, kind: str) -> Cleaned:
    """Return a file without what it tells of people, places and machines.

    Raises Unreadable with a Fault, whatever became of the process that cleaned it.
    """
    said, content = ask("clean", kind, data, CLEAN_SECONDS)
    removed = said.get("removed")
    if not content or not isinstance(removed, list) or not all(_is_count(pair) for pair in removed):
        raise Unreadable(Fault.DAMAGED)
    return Cleaned(content, removed)


def _is_count(pair) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and pair[0] in Removed.values and isinstance(pair[1], int)
