"""How postings lie on the disk: as plain arrays, which numpy reads in place.

Whoosh's own codec unpacks a pickle for each 128 postings. Here a segment has three long arrays beside it, `ids`
(records), `freqs` (how often) and `places` (where), and a directory that says for each term of each field which
stretch of them is its own. The directory is small, is read whole, and carries the checksums of the arrays.
"""

import secrets
import zlib
from functools import cached_property
from pathlib import Path

import numpy as np
from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Codec, W3Segment

ARRAYS = ("ids", "freqs", "places")


class DamagedIndexError(Exception):
    """A file of the index is not what was written."""


class ArrayCodec(W3Codec):
    """Writes postings as arrays, and of a record nothing else: texts and titles are the database's."""

    def new_segment(self, storage, indexname):
        # Not Whoosh's own names: after a fork two processes would choose the same.
        return W3Segment(self, indexname, segid=secrets.token_hex(8))

    def per_document_writer(self, storage, segment):
        return None

    def field_writer(self, storage, segment):
        return ArrayWriter(storage, segment)


class ArrayWriter(base.FieldWriter):
    """Writes the terms of a segment, field by field."""

    def __init__(self, storage, segment):
        self.stem = Path(storage.folder) / segment.segment_id()
        self.directory = {}
        self.arrays = {name: [np.empty(0, "u4")] for name in ARRAYS}
        self.written = dict.fromkeys(ARRAYS, 0)
        self.is_closed = False

    def write_field(self, name, terms, things, records, places, lengths):
        """`terms` in order; `things` (which of them), `records` and `places` (or none) of each occurrence, in order.

        `lengths` are the words of each record.
        """
        new = np.ones(len(things), bool)
        new[1:] = (things[1:] != things[:-1]) | (records[1:] != records[:-1])
        starts = np.flatnonzero(new)  # of each posting among the occurrences
        freqs = np.diff(starts, append=len(things)).astype("u4")
        first = np.searchsorted(things[starts], np.arange(len(terms) + 1))  # of each term among the postings
        bounds = np.append(starts, len(things))
        place_starts = bounds[first] + self.written["places"] if len(places) else np.zeros(len(terms) + 1)
        self.directory |= {
            f"{name}.terms": np.frombuffer(b"".join(terms), "u1"),
            f"{name}.ends": np.cumsum([len(term) for term in terms], dtype="u4"),
            f"{name}.starts": (first[:-1] + self.written["ids"]).astype("u8"),
            f"{name}.counts": np.diff(first).astype("u4"),
            f"{name}.place_starts": place_starts.astype("u8"),
            f"{name}.lengths": lengths.astype("u4"),
        }
        for target, values in zip(ARRAYS, (records[starts], freqs, places), strict=True):
            self.arrays[target].append(values.astype("u4"))
            self.written[target] += len(values)

    def close(self):
        checks = []
        for name, parts in self.arrays.items():
            values = np.concatenate(parts)
            np.save(f"{self.stem}.{name}.npy", values)
            checks.append(checksum(values))
        with open(f"{self.stem}.trm", "wb") as file:
            np.savez(file, checks=np.array(checks, "u4"), **self.directory)
        self.is_closed = True


class Directory:
    """The terms of one field of a segment, in order."""

    def __init__(self, tables):
        self.blob = tables["terms"].tobytes()
        self.ends = tables["ends"]
        self.starts, self.counts, self.place_starts = tables["starts"], tables["counts"], tables["place_starts"]
        self.lengths = tables["lengths"].astype("f4")

    def __len__(self):
        return len(self.ends)

    def __getitem__(self, at):
        """The term at a place, as bytes."""
        return self.blob[self.ends[at - 1] if at else 0 : self.ends[at]]

    def first(self, term):
        """The place of the first term that does not come before `term`."""
        low, high = 0, len(self.ends)
        while low < high:
            middle = (low + high) // 2
            if self[middle] < term:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, term):
        """The place of a term; None where the field does not have it."""
        at = self.first(term)
        return at if at < len(self) and self[at] == term else None

    def beginning(self, prefix):
        """The places of all terms that begin with `prefix`."""
        return range(self.first(prefix), self.first(prefix + b"\xff\xff\xff\xff"))


class SegmentArrays:
    """A segment, read. It never changes; which of its records are deleted the table of contents says.

    Raises DamagedIndexError, or what the operating system and numpy raise, where its files are not as they were.
    """

    def __init__(self, folder, segment):
        self.name, self.count = segment.segment_id(), segment.doc_count_all()
        stem = Path(folder) / self.name
        self.files = [Path(f"{stem}.{name}.npy") for name in ARRAYS] + [Path(f"{stem}.trm")]
        with np.load(self.files[-1]) as tables:
            held = {name: tables[name] for name in tables.files}
        self.arrays = {name: np.load(file, mmap_mode="r") for name, file in zip(ARRAYS, self.files, strict=False)}
        as_written = all(values.dtype == "<u4" for values in self.arrays.values())
        if not as_written or [checksum(values) for values in self.arrays.values()] != held.pop("checks").tolist():
            raise DamagedIndexError(self.name)
        fields = {name.split(".")[0] for name in held}
        kinds = ("terms", "ends", "starts", "counts", "place_starts", "lengths")
        self.fields = {name: Directory({kind: held[f"{name}.{kind}"] for kind in kinds}) for name in fields}
        self.state = self.look()

    @cached_property
    def keys(self):
        """The id of each record."""
        keys = [""] * self.count
        things, records, _ = self.occurrences("id")
        for thing, record in zip(things.tolist(), records.tolist(), strict=True):
            keys[record] = self.fields["id"][thing].decode()
        return keys

    def look(self):
        """Size and time of each file: what tells, at the price of a glance, that somebody laid hands on it."""
        return [(found.st_size, found.st_mtime_ns) for found in (file.stat() for file in self.files)]

    def stretch(self, field, at):
        """(ids, freqs) of the term at a place of a field."""
        directory = self.fields[field]
        part = slice(int(directory.starts[at]), int(directory.starts[at]) + int(directory.counts[at]))
        return self.arrays["ids"][part], self.arrays["freqs"][part]

    def occurrences(self, field):
        """(which term, record, place) of each occurrence in a field; no places where the field has none."""
        directory = self.fields[field]
        if not len(directory):
            return (np.empty(0, "u4"),) * 3
        part = slice(int(directory.starts[0]), int(directory.starts[-1]) + int(directory.counts[-1]))
        ids, freqs = self.arrays["ids"][part], self.arrays["freqs"][part]
        things = np.repeat(np.arange(len(directory), dtype="u4"), directory.counts)
        places = self.arrays["places"][int(directory.place_starts[0]) : int(directory.place_starts[-1])]
        return np.repeat(things, freqs), np.repeat(ids, freqs), places

    def places(self, field, at):
        """All places of that term, record after record."""
        starts = self.fields[field].place_starts
        return self.arrays["places"][int(starts[at]) : int(starts[at + 1])]


def checksum(values):
    return zlib.crc32(memoryview(values).cast("B")) if len(values) else 0
