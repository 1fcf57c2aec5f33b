"""Write the index: a commit for each batch adds a segment, and small segments are merged into it."""

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.writing import SegmentWriter

from search.engine_api import IndexUnavailableError

from .reader import ARRAYS, LARGE, SMALL, TABLES, Array, CorruptIndexError, SegmentReader, checksum
from .segment_buffer import FieldContent, SegmentBuffer

MAX_BUFFERED = 5_000_000  # occurrences of words that are held in memory until a segment is written
SMALL_SEGMENT = 500  # records; smaller segments are merged when there are MAX_SMALL_SEGMENTS of them
MAX_SMALL_SEGMENTS = 8
MAX_DELETED = 0.25  # part of its records that a segment may have lost before it is rewritten


class ArrayCodec(W3Codec):
    """Writes postings as arrays and stores nothing else of a record: texts and titles are in the database."""

    def new_segment(self, storage: Any, indexname: str) -> W3Segment:
        # Whoosh's own random names repeat in forked processes.
        return W3Segment(self, indexname, segid=secrets.token_hex(8))

    def per_document_writer(self, storage: Any, segment: W3Segment) -> None:
        return None

    def field_writer(self, storage: Any, segment: W3Segment) -> "ArrayWriter":
        return ArrayWriter(storage, segment)


class ArrayWriter(base.FieldWriter):
    """Writes the terms of a segment, field by field, in the form that SegmentReader reads."""

    def __init__(self, storage: Any, segment: W3Segment) -> None:
        self.stem = Path(storage.folder) / segment.segment_id()
        self.names: list[str] = []
        self.tables: dict[str, list[Array]] = {name: [] for name in TABLES}
        self.arrays: dict[str, list[Array]] = {name: [] for name in ARRAYS}
        self.written = dict.fromkeys(ARRAYS, 0)
        self.is_closed = False

    def write_field(self, name: str, content: FieldContent) -> None:
        """Add a field."""
        numbers, records, terms = content.numbers, content.records, content.terms
        is_first = np.ones(len(numbers), bool)
        is_first[1:] = (numbers[1:] != numbers[:-1]) | (records[1:] != records[:-1])
        starts = np.flatnonzero(is_first)  # of each posting among the occurrences
        freqs = np.diff(starts, append=len(numbers))
        first = np.searchsorted(numbers[starts], np.arange(len(terms) + 1))  # of each term among the postings
        bounds = np.append(starts, len(numbers))
        place_starts = bounds[first] if len(content.places) else np.zeros(len(terms) + 1)
        tables = {
            "terms": np.frombuffer(b"".join(terms), "u1"),
            "ends": np.cumsum([len(term) for term in terms], dtype="u4"),
            "starts": (first[:-1] + self.written["ids"]).astype("u8"),
            "counts": np.diff(first).astype("u4"),
            "place_starts": (place_starts + self.written["places"]).astype("u8"),
            "lengths": content.lengths.astype("u4"),
            "record_starts": content.record_starts,
            "forms": np.frombuffer(b"".join(content.all_forms), "u1"),
            "form_ends": np.cumsum([len(form) for form in content.all_forms], dtype="u4"),
            "form_starts": content.form_starts,
        }
        self.names.append(name)
        for table, held in self.tables.items():
            held.append(tables[table])
        columns = (records[starts], freqs, content.places, content.forms)
        for target, values in zip(ARRAYS, columns, strict=True):
            self.arrays[target].append(values.astype(LARGE, copy=False))
            self.written[target] += len(values)

    def close(self) -> None:
        """Write the arrays and the tables, with the checksums of the arrays' files."""
        checks = []
        for name, parts in self.arrays.items():
            values = np.concatenate([np.empty(0, LARGE), *parts])
            is_small = name != "places" and values.max(initial=0) <= np.iinfo(SMALL).max
            np.save(f"{self.stem}.{name}.npy", values.astype(SMALL) if is_small else values)
            checks.append(checksum(Path(f"{self.stem}.{name}.npy")))
        sizes = np.array([[len(part) for part in held] for held in self.tables.values()], "u8").T
        joined: dict[str, Any] = {
            name: np.concatenate([np.empty(0, "u1"), *held]) for name, held in self.tables.items()
        }
        names = np.frombuffer("\n".join(self.names).encode(), "u1")
        with open(f"{self.stem}.trm", "wb") as file:
            np.savez(file, checks=np.array(checks, "u4"), fields=names, sizes=sizes, **joined)
        self.is_closed = True


class Writer(SegmentWriter):
    """Whoosh's writer with its lock, table of contents and deletions; the postings are written as arrays."""

    def __init__(self, index: Any, timeout: float = 0) -> None:
        super().__init__(index, codec=ArrayCodec(), compound=False, timeout=timeout)
        self.pool = SegmentBuffer(self.schema)  # Whoosh's name for what it cleans up

    def add(self, document: Mapping[str, Any]) -> None:
        """Add a record: {field: values, or texts as (text, language)}."""
        self.pool.add(self.docnum, document)
        self._added = True
        self.docnum += 1

    def is_full(self) -> bool:
        """Return whether the records added so far should be committed before more are added."""
        return self.pool.size() >= MAX_BUFFERED

    def commit_batch(self) -> None:
        """Merge small segments and commit; readers see the result."""
        self.commit(mergetype=merge_small_segments)

    def copy_segment(self, segment: W3Segment) -> None:
        """Add the records of a segment that are not deleted. Raise IndexUnavailableError if it is damaged."""
        try:
            reader = SegmentReader(self.storage.folder, segment)
        except CorruptIndexError as error:
            raise IndexUnavailableError(segment.segment_id()) from error
        alive = np.ones(reader.count, bool)
        alive[list(segment.deleted_docs())] = False
        new_records = np.cumsum(alive, dtype="u4") - 1 + np.uint32(self.docnum)
        for name, dictionary in reader.fields.items():
            numbers, records, positions = reader.occurrences(name)
            keep = alive[records]
            positions = positions[keep] if len(positions) else positions
            numbers = reader.key_numbers(name, numbers)[keep]
            self.pool.add_occurrences(name, dictionary.keys(), numbers, new_records[records[keep]], positions)
            if self.schema[name].scorable:
                for record, length in enumerate(dictionary.lengths[alive].astype(int).tolist(), self.docnum):
                    self.pool.set_length(name, record, length)
        self.docnum += int(alive.sum())
        self._added = True

    def _flush_segment(self) -> None:
        for name, content in self.pool.fields(self.docnum):
            self.fieldwriter.write_field(name, content)
        self.fieldwriter.close()

    def _close_segment(self) -> None:
        self.fieldwriter.is_closed = True  # a cancelled segment leaves no file
        self.pool.cleanup()


def merge_small_segments(writer: Writer, segments: Sequence[W3Segment]) -> list[W3Segment]:
    """Copy small segments into the new one when there are many, and those that lost many records; return the others.

    Nothing is kept of a segment that lost all its records.

    This is a merge policy as Whoosh's `commit(mergetype=…)` takes it.
    """
    kept = [segment for segment in segments if segment.deleted_count() < segment.doc_count_all()]
    small = [segment for segment in kept if segment.doc_count_all() < SMALL_SEGMENT]
    worn = [segment for segment in kept if segment.deleted_count() > MAX_DELETED * segment.doc_count_all()]
    merged = [*(small if len(small) >= MAX_SMALL_SEGMENTS else []), *worn]
    for segment in [segment for segment in kept if segment in merged]:
        writer.copy_segment(segment)
    return [segment for segment in kept if segment not in merged]
