"""Whether two texts say the same."""

from difflib import SequenceMatcher

SIMILAR = 0.6  # the smallest ratio, by words, at which two paragraphs say the same


def similarity(one: str, other: str) -> float:
    """Return how much two texts have in common, compared word by word: from 0 to 1 for equal texts."""
    if one == other:
        return 1.0
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def is_similar(one: str, other: str) -> bool:
    """Return whether two paragraphs say the same or nearly."""
    return similarity(one, other) >= SIMILAR
