"""A snapshot of the index: all its segments at one commit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from .reader import Array, Postings, SegmentReader, TermDictionary

CACHED_TERMS = 4_000  # terms of a snapshot whose postings stay in memory
CACHED_EXCLUSIONS = 4  # sets of excluded records

Column: TypeAlias = tuple[Array, Array, list[str]]  # (records, codes of their values, values by code)


class Snapshot:
    """The index at one commit. The threads of a process share one; it never changes, except for its caches.

    Records are numbered through all segments. What exists for each record is an array of `count` elements; a mask is
    such an array of booleans. Only records that are alive are found and counted, in statistics too: what was deleted
    must not show in the order of what is left.
    """

    def __init__(self, segments: Sequence[SegmentReader], alive: Array, base: Snapshot | None = None) -> None:
        """`base` is a snapshot of the same segments, whose caches of what does not depend on `alive` are shared."""
        self.segments = segments
        self.bases: list[int] = np.cumsum([0, *(reader.count for reader in segments)]).tolist()
        self.count = self.bases[-1]
        self.alive = alive
        self.size = int(np.count_nonzero(alive))
        self.is_whole = [bool(alive[base : base + one.count].all()) for base, one in self._parts()]
        # The caches belong to the instance, so that they are freed with it.
        self.postings = lru_cache(CACHED_TERMS)(self._read_postings)
        self.lengths = cache(self._read_lengths)
        self.column: Callable[[str], Column] = base.column if base else cache(self._read_column)
        self.ranks: Callable[[], Array] = base.ranks if base else cache(self._rank_records)
        self.counts = cache(self._count_postings)
        self.without = lru_cache(CACHED_EXCLUSIONS)(self._without)

    @classmethod
    def open(cls, folder: str | Path, segments: Sequence[Any], previous: Snapshot | None = None) -> Snapshot:
        """Open `segments`, as the table of contents lists them. Reuse those that `previous` has open."""
        known = {reader.name: reader for reader in previous.segments} if previous else {}
        readers = [known.get(one.segment_id()) or SegmentReader(folder, one) for one in segments]
        alive = [np.ones(reader.count, bool) for reader in readers]
        for mask, segment in zip(alive, segments, strict=True):
            mask[list(segment.deleted_docs())] = False
        return cls(readers, np.concatenate([np.empty(0, bool), *alive]))

    def _without(self, excluded_ids: tuple[str, ...]) -> Snapshot:
        """Return the same snapshot as if the records with these ids were deleted."""
        if not excluded_ids:
            return self
        alive = self.alive.copy()
        for key in excluded_ids:
            alive[self._read_postings("id", key.encode())[0]] = False
        return Snapshot(self.segments, alive, self)

    def clear_caches(self) -> None:
        """Free memory once a newer snapshot is in use. Threads that still use this one read from the files again."""
        caches: list[Any] = [self.postings, self.lengths, self.column, self.ranks, self.counts, self.without]
        for cached in caches:
            cached.cache_clear()

    def is_intact(self) -> bool:
        """Return whether the files are unchanged since they were opened. Raise FileNotFoundError if one is missing."""
        return all(reader.file_state() == reader.opened_state for reader in self.segments)

    def _parts(self) -> Iterator[tuple[int, SegmentReader]]:
        """Yield (number of its first record, segment)."""
        return zip(self.bases, self.segments, strict=False)

    def segments_with(self, field: str) -> Iterator[tuple[SegmentReader, TermDictionary, int, bool]]:
        """Yield (segment, its terms, number of its first record, whether all are alive) where it has the field."""
        for (base, reader), is_whole in zip(self._parts(), self.is_whole, strict=True):
            if field in reader.fields:
                yield reader, reader.fields[field], base, is_whole

    def _read_postings(self, field: str, term: bytes) -> Postings:
        """Return the postings of a term, or two empty arrays if it does not occur."""
        found = [(np.empty(0, "u4"), np.empty(0, "u4"))]
        for reader, terms, base, is_whole in self.segments_with(field):
            if (number := terms.find(term)) is not None:
                ids, freqs = reader.postings(field, number)
                records = ids + np.uint32(base)
                if not is_whole:
                    is_alive = self.alive[records]
                    records, freqs = records[is_alive], freqs[is_alive]
                found.append((records, freqs))
        if len(found) == 2:
            return found[1]
        return np.concatenate([records for records, _ in found]), np.concatenate([freqs for _, freqs in found])

    def _count_postings(self, field: str) -> list[Array]:
        """Return, for each segment with the field, the number of records that have each term."""
        counts = []
        for reader, terms, base, is_whole in self.segments_with(field):
            if is_whole or not len(terms):
                counts.append(terms.counts)
                continue
            ids = reader.arrays["ids"][reader.postings_of(field)]
            starts = (terms.starts - terms.starts[0]).astype("i8")
            counts.append(np.add.reduceat(self.alive[ids + np.uint32(base)].astype("u4"), starts))
        return counts

    def dictionaries(self, field: str) -> Iterator[tuple[TermDictionary, Array]]:
        """Yield, for each segment with the field, its terms and the number of records that have each."""
        dictionaries = (terms for _, terms, _, _ in self.segments_with(field))
        return zip(dictionaries, self.counts(field), strict=True)

    def terms_with_prefix(self, field: str, prefix: bytes) -> dict[bytes, int]:
        """Return {term: number of records} for the terms of a field that begin with `prefix`."""
        found: dict[bytes, int] = {}
        for terms, counts in self.dictionaries(field):
            for number in terms.with_prefix(prefix):
                if count := int(counts[number]):
                    found[terms[number]] = found.get(terms[number], 0) + count
        return found

    def _read_lengths(self, field: str) -> Array:
        """Return the number of words that a field has in each record, relative to the mean of records that have it."""
        lengths = np.zeros(self.count, "f4")
        for _, terms, base, _ in self.segments_with(field):
            lengths[base : base + len(terms.lengths)] = terms.lengths
        lengths[~self.alive] = 0
        # Whole numbers have the same sum in any order, so that the mean does not depend on the order of the segments.
        number = int(np.count_nonzero(lengths))
        return lengths / np.float32(lengths.sum(dtype="f8") / number) if number else lengths

    def key(self, record: int) -> str:
        """Return the id of a record, as `<app>.<model>.<primary key>`."""
        segment = bisect_right(self.bases, record) - 1
        return self.segments[segment].keys[record - self.bases[segment]]

    def _rank_records(self) -> Array:
        """Return the place of each record in the order of their ids: by kind, then by number."""
        keys = [key for reader in self.segments for key in reader.keys]
        parts = (key.rsplit(".", 1) for key in keys)
        ordered = sorted((label, int(number), record) for record, (label, number) in enumerate(parts))
        ranks = np.empty(self.count, "i8")
        ranks[[record for _, _, record in ordered]] = np.arange(self.count)
        return ranks

    def records_with(self, field: str, value: str) -> Array:
        """Return a mask of the records that have a value in a field of values."""
        mask = np.zeros(self.count, bool)
        mask[self.postings(field, value.encode())[0]] = True
        return mask

    def _read_column(self, field: str) -> Column:
        """Return (records, codes, values) of a field of values; a record with two values occurs twice."""
        values = sorted({terms[number] for _, terms, _, _ in self.segments_with(field) for number in range(len(terms))})
        code_of = {value: code for code, value in enumerate(values)}
        records, codes = [np.empty(0, "u4")], [np.empty(0, "u4")]
        for reader, terms, base, _ in self.segments_with(field):
            if not len(terms):
                continue
            own_codes = np.fromiter((code_of[terms[number]] for number in range(len(terms))), "u4", len(terms))
            records.append(reader.arrays["ids"][reader.postings_of(field)] + np.uint32(base))
            codes.append(np.repeat(own_codes, terms.counts))
        return np.concatenate(records), np.concatenate(codes), [value.decode() for value in values]

    def codes(self, field: str) -> Array:
        """Return the code of each record's value in `column(field)`, -1 without one; of several values, the last."""
        records, codes, _ = self.column(field)
        found = np.full(self.count, -1, "i8")
        found[records] = codes
        return found

    def count_values(self, field: str, mask: Array) -> dict[str, int]:
        """Return {value: number of records in `mask`} for the values of a field that occur there."""
        records, codes, values = self.column(field)
        counts = np.bincount(codes[mask[records]])
        present = np.flatnonzero(counts)
        return dict(zip(map(values.__getitem__, present.tolist()), counts[present].tolist(), strict=True))
