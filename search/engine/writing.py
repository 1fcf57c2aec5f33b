"""One writer, one commit a batch: new records make a new segment, small segments are merged into it."""

import numpy as np
from whoosh.writing import SegmentWriter

from search.seam import NoIndexError

from .codec import ArrayCodec, SegmentArrays
from .pool import Pool

MOST_HELD = 5_000_000  # words of one segment that is filled in one go; they are held in memory until then
SMALL = 500  # records; segments below are merged when there are MOST_SMALL of them
MOST_SMALL = 8
MOST_GONE = 0.25  # a segment that has lost more than this part of its records is written anew


class Writer(SegmentWriter):
    """Whoosh's writer, with its lock, its table of contents and its deletions; the postings go as arrays."""

    def __init__(self, index, timeout=0):
        super().__init__(index, codec=ArrayCodec(), compound=False, timeout=timeout)
        self.pool = Pool(self.schema)

    def add(self, document):
        """Put in a record: {field: values, or texts as (text, language)}."""
        self.pool.put(self.docnum, document)
        self._added = True
        self.docnum += 1

    def is_full(self):
        return self.pool.size() >= MOST_HELD

    def commit_batch(self):
        """Merge what is small, write, and let readers see it."""
        self.commit(mergetype=merge_small)

    def absorb(self, segment):
        """Take over the records of a segment that are not deleted."""
        try:
            held = SegmentArrays(self.storage.folder, segment)
        except Exception as error:  # it was damaged after it was opened
            raise NoIndexError(segment.segment_id()) from error
        alive = np.ones(held.count, bool)
        alive[list(segment.deleted_docs())] = False
        numbers = np.cumsum(alive, dtype="u4") - 1 + np.uint32(self.docnum)
        for name, directory in held.fields.items():
            things, records, places = held.occurrences(name)
            keep = alive[records]
            terms = [directory[at] for at in range(len(directory))]
            places = places[keep] if len(places) else places
            self.pool.absorb(name, terms, things[keep], numbers[records[keep]], places)
            if self.schema[name].scorable:
                for record, length in enumerate(directory.lengths[alive].astype(int).tolist(), self.docnum):
                    self.pool.note_length(name, record, length)
        self.docnum += int(alive.sum())
        self._added = True

    def _flush_segment(self):
        for name, terms, *occurrences, lengths in self.pool.fields(self.docnum):
            self.fieldwriter.write_field(name, terms, *occurrences, lengths)
        self.fieldwriter.close()

    def _close_segment(self):
        self.fieldwriter.is_closed = True  # a cancelled segment leaves no file
        self.pool.cleanup()


def merge_small(writer, segments):
    """Whoosh's kind of merge policy: absorb small segments once there are many, and those that are mostly gone."""
    small = [segment for segment in segments if segment.doc_count_all() < SMALL]
    worn = [segment for segment in segments if segment.deleted_count() > MOST_GONE * segment.doc_count_all()]
    merged = [*(small if len(small) >= MOST_SMALL else []), *worn]
    merged = [segment for segment in segments if segment in merged]
    for segment in merged:
        writer.absorb(segment)
    return [segment for segment in segments if segment not in merged]
