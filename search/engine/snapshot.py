"""The index as it was at one commit, over all segments: what a query is answered from.

Threads of a process share one; it is never changed once it is made, but for what it remembers.
"""

from bisect import bisect_right
from functools import cache, lru_cache

import numpy as np

from .codec import SegmentArrays

REMEMBERED = 4_000  # terms whose postings are kept at hand


class Snapshot:
    """Records are numbered through all segments; whatever is per record is an array of `count` places."""

    def __init__(self, folder, segments, before=None):
        """`segments` as the table of contents has them; those that `before` read already are not read again."""
        known = {held.name: held for held in before.segments} if before else {}
        self.segments = [known.get(one.segment_id()) or SegmentArrays(folder, one) for one in segments]
        self.bases = np.cumsum([0, *(held.count for held in self.segments)]).tolist()
        self.count = self.bases[-1]
        self.alive = np.ones(self.count, bool)
        for base, segment in zip(self.bases, segments, strict=False):
            self.alive[[base + record for record in segment.deleted_docs()]] = False
        # Of this snapshot's own, so that they go with it.
        self.postings = lru_cache(REMEMBERED)(self.read_postings)
        self.lengths = cache(self.read_lengths)
        self.column = cache(self.read_column)

    def forget(self):
        """Let go of what is remembered, as a newer snapshot takes over; who still uses this one reads again."""
        for remembered in (self.postings, self.lengths, self.column):
            remembered.cache_clear()

    def is_intact(self):
        """Whether all files are still those that were opened; raises FileNotFoundError where one is gone."""
        return all(held.look() == held.state for held in self.segments)

    def holders(self, field):
        """(segment, its directory of a field, the number of its first record) of each segment that has the field."""
        for base, held in zip(self.bases, self.segments, strict=False):
            if field in held.fields:
                yield held, held.fields[field], base

    def read_postings(self, field, term):
        """(records, how often) for a term; two empty arrays where it does not occur."""
        found = [(held, base, at) for held, directory, base in self.holders(field)
                 if (at := directory.find(term)) is not None]  # fmt: skip
        stretches = [
            (ids + np.uint32(base), freqs) for held, base, at in found for ids, freqs in [held.stretch(field, at)]
        ]
        if not stretches:
            return np.empty(0, "u4"), np.empty(0, "u4")
        return tuple(np.concatenate(part) for part in zip(*stretches, strict=True))

    def places(self, field, term):
        """Every place of a term, as record * 2^32 + place, in order."""
        keys = [np.empty(0, "i8")]
        for held, directory, base in self.holders(field):
            if (at := directory.find(term)) is not None:
                ids, freqs = held.stretch(field, at)
                keys.append((np.repeat(ids.astype("i8") + base, freqs) << 32) + held.places(field, at))
        return np.concatenate(keys)

    def beginning(self, field, prefix):
        """{term: in how many records} of a field's terms that begin with `prefix`."""
        counts = {}
        for _, directory, _ in self.holders(field):
            for at in directory.beginning(prefix):
                term = directory[at]
                counts[term] = counts.get(term, 0) + int(directory.counts[at])
        return counts

    def read_lengths(self, field):
        """How many words a field has in each record, relative to the average of those that have it."""
        lengths = np.zeros(self.count, "f4")
        for held, directory, base in self.holders(field):
            lengths[base : base + held.count] = directory.lengths
        return lengths / (lengths[lengths > 0].mean() if lengths.any() else 1)

    def key(self, record):
        """The id of a record: "label.pk"."""
        at = bisect_right(self.bases, record) - 1
        return self.segments[at].keys[record - self.bases[at]]

    def records_with(self, field, value):
        """A mask of the records that have a value in a facet or key."""
        mask = np.zeros(self.count, bool)
        mask[self.postings(field, value.encode())[0]] = True
        return mask

    def read_column(self, field):
        """A field of values, the other way round: (records, codes, values); a record with two values stands twice."""
        values = sorted({directory[at] for _, directory, _ in self.holders(field) for at in range(len(directory))})
        code_of = {value: code for code, value in enumerate(values)}
        records, codes = [np.empty(0, "u4")], [np.empty(0, "u4")]
        for held, directory, base in self.holders(field):
            for at in range(len(directory)):
                ids = held.stretch(field, at)[0]
                records.append(ids + np.uint32(base))
                codes.append(np.full(len(ids), code_of[directory[at]], "u4"))
        return np.concatenate(records), np.concatenate(codes), [value.decode() for value in values]

    def tally(self, field, mask):
        """How many of the records in `mask` have each value of a field: {value: number}, of those that occur."""
        records, codes, values = self.column(field)
        numbers = np.bincount(codes[mask[records]], minlength=len(values))
        return {values[code]: int(numbers[code]) for code in np.flatnonzero(numbers)}
