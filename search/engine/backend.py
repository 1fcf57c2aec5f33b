"""The engine as a Haystack backend and as a SearchEngine."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
from django.db.models import Model
from haystack.backends.whoosh_backend import WhooshEngine, WhooshSearchBackend
from haystack.utils import get_identifier

from search import grammar
from search.engine_api import Batch, Change, EngineQuery, EngineResult, IndexLockedError, IndexUnavailableError
from search.fields import FACET_FIELDS
from search.haystack_methods import HaystackMethods
from search.indexes import RecordIndex
from search.ranking import FEW_MATCHES, KINDS, OWN_LANGUAGE, SPEAKER_NAMED, SPEAKER_NOT_NAMED

from . import corrections, suggestions
from .matching import Matcher
from .reader import Array
from .snapshot import Snapshot
from .store import Store
from .writer import Writer

# More than any score: matches of the reader's own words, then those of other terms, then partial ones.
TIER = 10_000


class Backend(HaystackMethods, WhooshSearchBackend):
    """Answers queries from a snapshot that all threads of a process share (see Store)."""

    def __init__(self, connection_alias: str, **connection_options: Any) -> None:
        super().__init__(connection_alias, **connection_options)
        self.store = Store.at(self.path)

    def setup(self) -> None:
        """Create an empty index where there is none."""
        with self.store.write_lock(wait=True):
            try:
                self.store.state()
            except IndexUnavailableError:
                self.store.activate(self.store.create())
        self.setup_complete = True

    # Reading

    def snapshot(self) -> Snapshot:
        """Return the latest state of the index. Raise IndexUnavailableError and EngineAwayError."""
        return self.store.snapshot()

    def verify(self) -> None:
        self.store.refresh(reuse=False)

    def find(self, query: EngineQuery) -> EngineResult:
        snapshot = self.snapshot().without(query.excluded_ids)
        mask, score, is_full, is_other, is_near = self._match(snapshot, query)
        mask = mask & snapshot.alive
        filters = {name: snapshot.records_with(name, value) for name, value in query.filters.items()}
        selected = mask & np.logical_and.reduce([mask, *filters.values()])
        facet_counts = {}
        for name in FACET_FIELDS:
            others = [records for other, records in filters.items() if other != name]
            counted = selected if name not in filters else mask & np.logical_and.reduce([mask, *others])
            facet_counts[name] = snapshot.count_values(name, counted)
        records = np.flatnonzero(selected)
        if query.sort == "relevance":
            tier = np.where(is_other & ~is_near, 1, np.where(is_full | is_near, 2, 0))
            ordered = self._best_first(snapshot, records, score, tier[records], query)
        elif query.sort in ("title", "organization"):
            ordered = self._by_alphabet(snapshot, f"sort_{query.sort}", records)
        else:
            ordered = self._newest_first(snapshot, query.sort, records)
        if query.sort not in ("relevance", "published"):
            ordered = ordered[np.argsort(is_other[ordered], kind="stable")]
        page = ordered[query.start : query.stop]
        return EngineResult(
            total=len(records),
            full_matches=int(np.count_nonzero(is_full[records])),
            other_matches=int(np.count_nonzero(is_other[records])),
            ids=tuple(map(snapshot.key, page.tolist())),
            other_ids=frozenset(map(snapshot.key, page[is_other[page]].tolist())),
            facet_counts=facet_counts,
        )

    def _match(self, snapshot: Snapshot, query: EngineQuery) -> tuple[Array, Array, Array, Array, Array]:
        """Return (mask, score, is full, is other, is near).

        Full matches have all words, or other terms for them: then they match only the wider tree. The first mask
        includes partial matches if few records match, otherwise only those that are among the best. Near ones are
        partial matches as good as a full one.
        """
        none = np.zeros(snapshot.count, bool)
        if query.tree is None:
            return ~none, np.zeros(snapshot.count, "f4"), ~none, none, none
        matcher = Matcher(snapshot)
        own, score = matcher.match(query.tree)
        is_full, is_other, other_score = own, none, score
        if query.wider:
            is_full, other_score = matcher.match(query.wider)
            is_full = is_full | own
            is_other = is_full & ~own
        mask, is_near = is_full, none
        if query.allow_partial and (partial := matcher.match_most(query.tree, query.wider)):
            has_most, score, is_best = partial
            few = np.count_nonzero(is_full & snapshot.alive) < FEW_MATCHES
            mask = is_full | (has_most if few else is_best)
            is_near = mask & (score > score[own].min(initial=np.inf)) & ~own
        return mask, np.where(is_other & ~is_near, other_score, score), is_full, is_other, is_near

    def _best_first(self, snapshot: Snapshot, records: Array, score: Array, tier: Array, query: EngineQuery) -> Array:
        """Return at least the first `query.stop` records, sorted by tier, then by score."""
        score = score[records].astype("f8")
        score[snapshot.records_with("language", query.language)[records]] *= OWN_LANGUAGE
        speakers = snapshot.records_with("kind", "speaker")[records]
        named = Matcher(snapshot).match_speaker_names(query.tree)[records]
        score[speakers] *= np.where(named[speakers], SPEAKER_NAMED, SPEAKER_NOT_NAMED)
        for kind, factor in KINDS.items():
            score[snapshot.records_with("kind", kind)[records]] *= factor
        score += tier * TIER
        if len(records) > query.stop:
            best = np.argpartition(-score, query.stop)[: query.stop]
            # Include all records that tie with the last one, so that the order does not depend on the page size.
            best = np.flatnonzero(score >= score[best].min())
            records, score = records[best], score[best]
        return records[np.lexsort((snapshot.ranks()[records], -snapshot.codes("date")[records], -score))]

    def _newest_first(self, snapshot: Snapshot, field: str, records: Array) -> Array:
        """Return the records sorted by a field of dates, those without a date last."""
        dates = snapshot.codes(field)[records], snapshot.codes("date")[records]
        return records[np.lexsort((snapshot.ranks()[records], -dates[1], -dates[0]))]

    def _by_alphabet(self, snapshot: Snapshot, field: str, records: Array) -> Array:
        """Return the records sorted by a field of keys, those without a key last."""
        keys, dates = snapshot.codes(field)[records], snapshot.codes("date")[records]
        return records[np.lexsort((snapshot.ranks()[records], -dates, keys, keys < 0))]

    def completions(self, prefix: str, excluded_ids: tuple[str, ...]) -> list[str]:
        return suggestions.completions(self.snapshot().without(excluded_ids), prefix)

    def corrections(self, tree: grammar.Node, excluded_ids: tuple[str, ...]) -> dict[str, str]:
        return corrections.correct(self.snapshot().without(excluded_ids), tree)

    def similarity_query(self, texts: Iterable[str]) -> grammar.Node | None:
        return suggestions.similarity_query(self.snapshot(), texts)

    # Writing

    @contextmanager
    def writer(self, *, wait: bool = True) -> Iterator[Writer]:
        """Yield a writer on the index in use; commit at the end unless there was an error.

        Raise IndexLockedError if another process is writing and `wait` is false, and IndexUnavailableError.
        """
        with self.store.write_lock(wait=wait) as is_held:
            if not is_held:
                raise IndexLockedError
            self.snapshot()  # raises if the index is damaged
            writer = Writer(self.store.index())
            try:
                yield writer
                writer.commit_batch()
            except BaseException:
                if not writer.is_closed:
                    writer.cancel()
                raise

    def apply(self, changes: Iterable[Change], *, wait: bool = True) -> None:
        with self.writer(wait=wait) as writer:
            snapshot = self.snapshot()
            for index, records, deleted in changes:
                for record in records:
                    _delete(writer, snapshot, index.key(record.pk))
                    _add(writer, index, record)
                for pk in deleted:
                    _delete(writer, snapshot, index.key(pk))

    def rebuild(self, batches: Iterable[Batch]) -> None:
        with self.store.write_lock(wait=False) as is_held:
            if not is_held:
                raise IndexLockedError
            new_index = self.store.create()
            writer = Writer(new_index)
            for index, records in batches:
                for record in records:
                    if writer.is_full():
                        writer.commit(merge=False)
                        writer = Writer(new_index)
                    _add(writer, index, record)
            writer.commit(merge=False)
            self.store.activate(new_index)

    def remove(self, obj_or_string: Model | str, commit: bool = True) -> None:
        with self.writer() as writer:
            _delete(writer, self.snapshot(), get_identifier(obj_or_string))

    def clear(self, models: Iterable[type[Model]] | None = None, commit: bool = True) -> None:
        """Delete all records from the index, or those of some models."""
        if models is None:
            with self.store.write_lock(wait=True):
                self.store.activate(self.store.create())
            return
        with self.writer() as writer:
            labels = tuple(f"{model._meta.label_lower}." for model in models)
            snapshot = self.snapshot()
            for record in range(snapshot.count):
                if snapshot.key(record).startswith(labels):
                    writer.delete_document(record)


def _add(writer: Writer, index: RecordIndex, record: Model) -> None:
    document: Mapping[str, Any] = index.document(record)
    writer.add({"id": index.key(record.pk), **document})


def _delete(writer: Writer, snapshot: Snapshot, key: str) -> None:
    for record in snapshot.postings("id", key.encode())[0].tolist():
        writer.delete_document(record)


class Engine(WhooshEngine):
    """The engine that HAYSTACK_CONNECTIONS names."""

    backend = Backend
