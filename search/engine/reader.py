"""Read the index: segments as they are stored, and a snapshot of all of them at one commit.

Whoosh's own codec unpickles each block of 128 postings. Here a segment has three long arrays, which numpy reads in
place: `ids` (records), `freqs` (occurrences in the record) and `positions`. A table says which part of them belongs to
each term of each field. It is small, is read completely, and holds the checksums of the arrays.
"""

import zlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

ARRAYS = ("ids", "freqs", "positions")
TABLES = ("terms", "ends", "starts", "counts", "position_starts", "lengths")
CACHED_TERMS = 4_000  # terms of a snapshot whose postings stay in memory

Array: TypeAlias = NDArray[Any]
Postings: TypeAlias = tuple[Array, Array]  # (records, occurrences in each)


class CorruptIndexError(Exception):
    """A file of the index differs from what was written."""


def checksum(values: Array) -> int:
    """Return the CRC-32 of an array's bytes; 0 for an empty one."""
    return zlib.crc32(values.data.cast("B")) if len(values) else 0


class TermDictionary:
    """The sorted terms of one field in a segment."""

    def __init__(self, tables: Mapping[str, Array]) -> None:
        self.blob = tables["terms"].tobytes()
        self.ends = tables["ends"]
        self.starts, self.counts = tables["starts"], tables["counts"]
        self.position_starts = tables["position_starts"]
        self.lengths = tables["lengths"].astype("f4")

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> bytes:
        return self.blob[self.ends[number - 1] if number else 0 : self.ends[number]]

    def _bisect(self, term: bytes) -> int:
        """Return the number of the first term that does not sort before `term`."""
        low, high = 0, len(self.ends)
        while low < high:
            middle = (low + high) // 2
            if self[middle] < term:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, term: bytes) -> int | None:
        """Return the number of a term, or None if the field does not have it."""
        number = self._bisect(term)
        return number if number < len(self) and self[number] == term else None

    def with_prefix(self, prefix: bytes) -> range:
        """Return the numbers of all terms that begin with `prefix`."""
        return range(self._bisect(prefix), self._bisect(prefix + b"\xff\xff\xff\xff"))


class SegmentReader:
    """A segment, which never changes. The table of contents says which of its records are deleted.

    Raise CorruptIndexError, or errors of the operating system or numpy, if its files differ from what was written.
    """

    def __init__(self, folder: str | Path, segment: Any) -> None:
        self.name, self.count = segment.segment_id(), segment.doc_count_all()
        stem = Path(folder) / self.name
        self.files = [Path(f"{stem}.{name}.npy") for name in ARRAYS] + [Path(f"{stem}.trm")]
        with np.load(self.files[-1]) as archive:
            tables = {name: archive[name] for name in archive.files}
        self.arrays = {name: np.load(file, mmap_mode="r") for name, file in zip(ARRAYS, self.files, strict=False)}
        as_written = all(values.dtype == "<u4" for values in self.arrays.values())
        if not as_written or [checksum(values) for values in self.arrays.values()] != tables.pop("checks").tolist():
            raise CorruptIndexError(self.name)
        fields = {name.split(".")[0] for name in tables}
        self.fields = {name: TermDictionary({table: tables[f"{name}.{table}"] for table in TABLES}) for name in fields}
        self.opened_state = self.file_state()

    @cached_property
    def keys(self) -> list[str]:
        """The id of each record."""
        keys = [""] * self.count
        terms, records, _ = self.occurrences("id")
        for term, record in zip(terms.tolist(), records.tolist(), strict=True):
            keys[record] = self.fields["id"][term].decode()
        return keys

    def file_state(self) -> list[tuple[int, int]]:
        """Return the size and modification time of each file, to detect changes without reading the files."""
        return [(found.st_size, found.st_mtime_ns) for found in (file.stat() for file in self.files)]

    def postings(self, field: str, number: int) -> Postings:
        """Return the postings of a term of a field."""
        terms = self.fields[field]
        part = slice(int(terms.starts[number]), int(terms.starts[number]) + int(terms.counts[number]))
        return self.arrays["ids"][part], self.arrays["freqs"][part]

    def positions(self, field: str, number: int) -> Array:
        """Return all positions of a term of a field, record after record."""
        starts = self.fields[field].position_starts
        return self.arrays["positions"][int(starts[number]) : int(starts[number + 1])]

    def occurrences(self, field: str) -> tuple[Array, Array, Array]:
        """Return (number of the term, record, position) of each occurrence in a field; positions may be empty."""
        terms = self.fields[field]
        if not len(terms):
            return np.empty(0, "u4"), np.empty(0, "u4"), np.empty(0, "u4")
        part = slice(int(terms.starts[0]), int(terms.starts[-1]) + int(terms.counts[-1]))
        ids, freqs = self.arrays["ids"][part], self.arrays["freqs"][part]
        numbers = np.repeat(np.arange(len(terms), dtype="u4"), terms.counts)
        positions = self.arrays["positions"][int(terms.position_starts[0]) : int(terms.position_starts[-1])]
        return np.repeat(numbers, freqs), np.repeat(ids, freqs), positions


class Snapshot:
    """The index at one commit. The threads of a process share one; it never changes, except for its caches.

    Records are numbered through all segments. What exists for each record is an array of `count` elements; a mask is
    such an array of booleans.
    """

    def __init__(self, folder: str | Path, segments: Sequence[Any], previous: Self | None = None) -> None:
        """Open `segments`, as the table of contents lists them. Reuse those that `previous` has open."""
        known = {reader.name: reader for reader in previous.segments} if previous else {}
        self.segments: list[SegmentReader] = [
            known.get(one.segment_id()) or SegmentReader(folder, one) for one in segments
        ]
        self.bases = np.cumsum([0, *(reader.count for reader in self.segments)]).tolist()
        self.count = self.bases[-1]
        self.alive = np.ones(self.count, bool)
        for base, segment in zip(self.bases, segments, strict=False):
            self.alive[[base + record for record in segment.deleted_docs()]] = False
        # The caches belong to the instance, so that they are freed with it.
        self.postings = lru_cache(CACHED_TERMS)(self._read_postings)
        self.lengths = cache(self._read_lengths)
        self.column = cache(self._read_column)

    def clear_caches(self) -> None:
        """Free memory once a newer snapshot is in use. Threads that still use this one read from the files again."""
        for cached in (self.postings, self.lengths, self.column):
            cached.cache_clear()

    def is_intact(self) -> bool:
        """Return whether the files are unchanged since they were opened. Raise FileNotFoundError if one is missing."""
        return all(reader.file_state() == reader.opened_state for reader in self.segments)

    def visible(self, excluded_ids: Sequence[str]) -> Array:
        """Return a mask of the records that are neither deleted nor excluded."""
        mask = self.alive.copy()
        for key in excluded_ids:
            mask[self.postings("id", key.encode())[0]] = False
        return mask

    def _segments_with(self, field: str) -> Iterator[tuple[SegmentReader, TermDictionary, int]]:
        """Yield (segment, the field's terms, the number of its first record) for each segment that has the field."""
        for base, reader in zip(self.bases, self.segments, strict=False):
            if field in reader.fields:
                yield reader, reader.fields[field], base

    def _read_postings(self, field: str, term: bytes) -> Postings:
        """Return the postings of a term, or two empty arrays if it does not occur."""
        found = [
            (ids + np.uint32(base), freqs)
            for reader, terms, base in self._segments_with(field)
            if (number := terms.find(term)) is not None
            for ids, freqs in [reader.postings(field, number)]
        ]
        if not found:
            return np.empty(0, "u4"), np.empty(0, "u4")
        records, freqs = zip(*found, strict=True)
        return np.concatenate(records), np.concatenate(freqs)

    def positions(self, field: str, term: bytes) -> Array:
        """Return every position of a term as record * 2^32 + position, in order."""
        keys = [np.empty(0, "i8")]
        for reader, terms, base in self._segments_with(field):
            if (number := terms.find(term)) is not None:
                ids, freqs = reader.postings(field, number)
                keys.append((np.repeat(ids.astype("i8") + base, freqs) << 32) + reader.positions(field, number))
        return np.concatenate(keys)

    def terms_with_prefix(self, field: str, prefix: bytes) -> dict[bytes, int]:
        """Return {term: number of records} for the terms of a field that begin with `prefix`; deleted ones count."""
        counts: dict[bytes, int] = {}
        for _, terms, _ in self._segments_with(field):
            for number in terms.with_prefix(prefix):
                term = terms[number]
                counts[term] = counts.get(term, 0) + int(terms.counts[number])
        return counts

    def _read_lengths(self, field: str) -> Array:
        """Return the number of words that a field has in each record, relative to the mean of records that have it."""
        lengths = np.zeros(self.count, "f4")
        for reader, terms, base in self._segments_with(field):
            lengths[base : base + reader.count] = terms.lengths
        return lengths / (lengths[lengths > 0].mean() if lengths.any() else 1)

    def key(self, record: int) -> str:
        """Return the id of a record, as `<app>.<model>.<primary key>`."""
        segment = bisect_right(self.bases, record) - 1
        return self.segments[segment].keys[record - self.bases[segment]]

    def records_with(self, field: str, value: str) -> Array:
        """Return a mask of the records that have a value in a field of values."""
        mask = np.zeros(self.count, bool)
        mask[self.postings(field, value.encode())[0]] = True
        return mask

    def _read_column(self, field: str) -> tuple[Array, Array, list[str]]:
        """Return (records, codes, values) of a field of values; a record with two values occurs twice."""
        values = sorted({terms[number] for _, terms, _ in self._segments_with(field) for number in range(len(terms))})
        code_of = {value: code for code, value in enumerate(values)}
        records, codes = [np.empty(0, "u4")], [np.empty(0, "u4")]
        for reader, terms, base in self._segments_with(field):
            for number in range(len(terms)):
                ids = reader.postings(field, number)[0]
                records.append(ids + np.uint32(base))
                codes.append(np.full(len(ids), code_of[terms[number]], "u4"))
        return np.concatenate(records), np.concatenate(codes), [value.decode() for value in values]

    def count_values(self, field: str, mask: Array) -> dict[str, int]:
        """Return {value: number of records in `mask`} for the values of a field that occur there."""
        records, codes, values = self.column(field)
        counts = np.bincount(codes[mask[records]], minlength=len(values))
        return {values[code]: int(counts[code]) for code in np.flatnonzero(counts)}
