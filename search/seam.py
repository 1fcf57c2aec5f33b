"""What the page asks of an engine and what an engine answers; another engine is another module that speaks this."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Question:
    """A reader's line as a tree (None: everything), what it is narrowed to, and which hits of it are wanted.

    `narrowed` maps facets to values. `hidden` are ids that must neither be shown nor counted. `language` is the
    reader's: what is in it comes first. `order` is "relevance", "date" (of the dialogue) or "published".
    """

    tree: object = None
    narrowed: dict = field(default_factory=dict)
    hidden: tuple = ()
    language: str = "en"
    order: str = "relevance"
    lenient: bool = False  # where few match, also what has most of the words
    start: int = 0
    stop: int = 10


@dataclass(frozen=True)
class Found:
    """How many matched, the ids ("label.pk") of one page of them, and for each facet the number of each value.

    A facet is counted as if it were not narrowed itself, so that each number is what choosing that value shows.
    """

    total: int = 0
    complete: int = 0  # of them, those that match the tree as it stands
    ids: tuple = ()
    facets: dict = field(default_factory=dict)


class NoIndexError(Exception):
    """There is no index, or it is not what was written: it has to be made anew."""


class BusyError(Exception):
    """Another process writes the index."""


class TooSlowError(Exception):
    """A question that asks for more than a search may cost."""
