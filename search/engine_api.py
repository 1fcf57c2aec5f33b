"""The API between the portal and a search engine.

An engine is a Haystack backend that has the methods of SearchEngine as well. The portal uses no other part of it, and
gets it from Haystack: `engine: SearchEngine = connections["default"].get_backend()`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from django.db.models import Model

from .grammar import Node
from .indexes import RecordIndex

Batch: TypeAlias = tuple[RecordIndex, Iterable[Model]]  # records to write
Change: TypeAlias = tuple[RecordIndex, Iterable[Model], Iterable[int]]  # records to write, primary keys to delete


@dataclass(frozen=True)
class EngineQuery:
    """One search, as an engine gets it. A record's id is `<app>.<model>.<primary key>`, as in Haystack."""

    tree: Node | None = None  # None matches every record
    # The tree with other terms of the vocabulary beside the reader's own. Records that match only this one are found as
    # well. They come after those that match `tree` and before most partial matches, except where `sort` is "published".
    wider: Node | None = None
    filters: Mapping[str, str] = field(default_factory=dict)  # {facet: the value that a record must have}
    excluded_ids: tuple[str, ...] = ()  # records that may be neither returned nor counted
    language: str = "en"  # the reader's; records in it rank higher
    # "relevance", "date" (of the record) or "published", newest first, "title" or "organization", by alphabet.
    # Records that are equal go by date, newest first, then by kind and number: never by when they were indexed.
    sort: str = "relevance"
    # Where few records match, return those that have most of the words as well. Where many do, return only partial
    # matches that are among the best, because their words are close together and those of full matches are not.
    allow_partial: bool = False
    start: int = 0  # the slice of the sorted records whose ids are returned
    stop: int = 10


@dataclass(frozen=True)
class EngineResult:
    """What an engine found.

    The counts of a facet ignore the filter on that facet itself, so that each is what choosing the value would show.
    """

    total: int = 0
    full_matches: int = 0  # of `total`, those that match the whole tree or the whole wider tree
    other_matches: int = 0  # of `full_matches`, those that match only the wider tree
    ids: tuple[str, ...] = ()  # of the slice that was asked for, in order
    other_ids: frozenset[str] = frozenset()  # of `ids`, those that match only the wider tree
    facet_counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # {facet: {value: records}}


class SearchEngine(Protocol):
    """The methods that the portal needs from an engine.

    All methods that read raise IndexUnavailableError; all methods raise EngineAwayError.
    """

    def find(self, query: EngineQuery) -> EngineResult:
        """Run a query. Raise QueryTimeoutError if it would take too long."""

    def completions(self, prefix: str, excluded_ids: tuple[str, ...]) -> list[str]:
        """Return about forty words that begin with `prefix`, the most frequent first, from records not excluded.

        The words are folded; some may be misspelt.
        """

    def corrections(self, tree: Node, excluded_ids: tuple[str, ...]) -> dict[str, str]:
        """Return {word of the tree: the word that was probably meant}, for words that (almost) no record has."""

    def similarity_query(self, texts: Iterable[str]) -> Node | None:
        """Return a tree that finds records like `texts`, or None if they have no distinctive word."""

    def apply(self, changes: Iterable[Change], *, wait: bool = True) -> None:
        """Commit all changes or none.

        Iterate over `changes` only while holding the write lock, so that the later of two writers has also read the
        later state. Raise IndexLockedError if another process holds the lock and `wait` is false.
        """

    def rebuild(self, batches: Iterable[Batch]) -> None:
        """Replace the whole index by the records in `batches`; the old one answers until then.

        Raise IndexLockedError if another process is writing.
        """

    def verify(self) -> None:
        """Read the index again from where it is stored."""


class IndexUnavailableError(Exception):
    """The index is missing or damaged and has to be rebuilt."""


class EngineAwayError(Exception):
    """The engine cannot answer now, though nothing says that its index is damaged. Try again later."""


class IndexLockedError(Exception):
    """Another process is writing the index."""


class QueryTimeoutError(Exception):
    """The query was stopped because it took too long."""
