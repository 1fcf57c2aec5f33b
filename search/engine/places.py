"""Find phrases, and words that are close together, by the places of words, segment by segment.

All functions return postings: the records that are alive, and how often each of them has what was asked for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Self, TypeAlias

import numpy as np

from .columns import once
from .reader import Array, Postings, SegmentReader
from .snapshot import Snapshot

WINDOW_BITS = 7  # a window has 2^7 positions, a long paragraph; each shares half of them with the next one

Check: TypeAlias = Callable[[], None]  # called between two steps; raises an error to stop


@dataclass(frozen=True)
class PhraseWord:
    """A word of a phrase: the terms by which a text may hold it, and its distance from the first word.

    With a form, only places that have this form of a term count.
    """

    terms: Sequence[bytes]
    offset: int
    form: bytes | None = None


class SegmentField:
    """The places of words in one field of a segment; `base` is the number of its first record."""

    def __init__(self, reader: SegmentReader, field: str, base: int = 0, *, is_whole: bool = True) -> None:
        self.reader, self.field, self.terms = reader, field, reader.fields[field]
        self.base, self.is_whole = base, is_whole
        self._known: dict[tuple[bytes, ...], Array] = {}

    @classmethod
    def of(cls, snapshot: Snapshot, field: str) -> list[Self]:
        """Return a field in all segments that have it. They keep the places of words that are asked for again."""
        return [
            cls(reader, field, base, is_whole=is_whole)
            for reader, _terms, base, is_whole in snapshot.segments_with(field)
        ]

    def places(self, terms: Sequence[bytes]) -> Array:
        """Return where one of the terms is, each place once, sorted."""
        key = tuple(terms)
        if key not in self._known:
            self._known[key] = self._joined(self._numbers(terms, None))
        return self._known[key]

    def phrase_starts(self, words: Sequence[PhraseWord], check: Check) -> Array:
        """Return where words follow one another at their offsets, as the sorted places of the start."""
        found = []
        for word in words:
            numbers = self._numbers(word.terms, word.form)
            if not numbers:  # as for most terms of the vocabulary, which are in another language
                return np.empty(0, "u4")
            found.append((numbers, word.offset))
        found.sort(key=lambda one: sum(self.terms.count_places(number) for number, _ in one[0]))
        (rarest, offset), others = found[0], found[1:]
        # A place before the first word would be a very large number, where no word is.
        starts = self._joined(rarest) - np.uint32(offset)
        for numbers, offset in others:
            if not len(starts):
                break
            check()
            starts = starts[self._is_at(numbers, starts + np.uint32(offset))]
        return starts

    def _numbers(self, terms: Sequence[bytes], form: bytes | None) -> list[tuple[int, int | None]]:
        """Return (number of a term, number of its form) of the terms that occur; no form if all its places count."""
        found: list[tuple[int, int | None]] = []
        for term in terms:
            number = self.terms.find(term)
            if number is None:
                continue
            if form is None:
                found.append((number, None))
            elif (form_number := self.terms.find_form(number, form)) is not None:
                found.append((number, form_number if self.terms.has_several_forms(number) else None))
        return found

    def _joined(self, numbers: Sequence[tuple[int, int | None]]) -> Array:
        found = []
        for number, form in numbers:
            places = self.reader.places(self.field, number)
            found.append(places if form is None else places[self.reader.forms(self.field, number) == form])
        if len(found) < 2:
            return found[0] if found else np.empty(0, "u4")
        joined = np.sort(np.concatenate(found), kind="stable")  # merges what is sorted already
        return once(joined)  # a word with two terms has both at one place

    def _is_at(self, numbers: Sequence[tuple[int, int | None]], wanted: Array) -> Array:
        """Return a mask of the wanted places where one of these words is."""
        mask = np.zeros(len(wanted), bool)
        for number, form in numbers:
            places = self.reader.places(self.field, number)
            at = np.minimum(np.searchsorted(places, wanted), len(places) - 1)
            is_there = places[at] == wanted
            if form is not None:
                is_there &= self.reader.forms(self.field, number)[at] == form
            mask |= is_there
        return mask


def phrase_postings(snapshot: Snapshot, field: str, words: Sequence[PhraseWord], check: Check) -> Postings:
    """Return where words follow one another at their offsets."""
    return _counted(snapshot, SegmentField.of(snapshot, field), lambda segment: segment.phrase_starts(words, check))


def series_postings(
    snapshot: Snapshot, field: str, words: Sequence[Sequence[bytes]], distance: int, check: Check
) -> Postings:
    """Return where words, each given by its terms, follow one another at most `distance` positions apart."""

    def find(segment: SegmentField) -> Array:
        check()
        return reduce(lambda one, other: _followed(one, other, distance), map(segment.places, words))

    return _counted(snapshot, SegmentField.of(snapshot, field), find)


def close_postings(
    snapshot: Snapshot,
    segments: Sequence[SegmentField],
    words: Sequence[bytes],
    others: Sequence[bytes],
    distance: int,
    check: Check,
) -> Postings:
    """Return where one of `words` has one of `others` at most `distance` positions away, on either side."""

    def find(segment: SegmentField) -> Array:
        check()
        return _close(segment.places(words), segment.places(others), distance)

    return _counted(snapshot, segments, find)


def best_windows(
    snapshot: Snapshot,
    segments: Sequence[SegmentField],
    words: Sequence[Sequence[bytes]],
    weights: Sequence[float],
    check: Check,
) -> Array:
    """Return, for each record, the weight of the different words in its best window. Words are given by their terms.

    The gap between two records is as long as a window, so that a window has words of one record only.
    """
    best = np.zeros(snapshot.count, "f8")
    for segment in segments:
        base, starts = segment.base, segment.terms.record_starts
        places = [segment.places(word) for word in words]
        last = max(int(one[-1]) for one in (starts, *places) if len(one))
        for shift in map(np.uint32, (0, 1 << (WINDOW_BITS - 1))):
            check()
            sums = np.zeros((last >> WINDOW_BITS) + 2, "f8")
            for one, weight in zip(places, weights, strict=True):
                sums[(one + shift) >> WINDOW_BITS] += weight  # once for each window
            part = best[base : base + len(starts)]
            np.maximum(part, np.maximum.reduceat(sums, (starts + shift) >> WINDOW_BITS), out=part)
    best[~snapshot.alive] = 0
    return best


def _counted(snapshot: Snapshot, segments: Sequence[SegmentField], find: Callable[[SegmentField], Array]) -> Postings:
    """Return the postings of the places that `find` returns for each segment."""
    found = [(np.empty(0, "u4"), np.empty(0, "i8"))]
    for segment in segments:
        places = find(segment)
        if not len(places):
            continue
        records, counts = segment.terms.count_by_record(places)
        records = records + np.uint32(segment.base)
        if not segment.is_whole:
            is_alive = snapshot.alive[records]
            records, counts = records[is_alive], counts[is_alive]
        found.append((records, counts))
    return np.concatenate([records for records, _ in found]), np.concatenate([counts for _, counts in found])


def _followed(starts: Array, others: Array, distance: int) -> Array:
    """Return the first of `others` after each of `starts`, where it is at most `distance` positions away."""
    if not len(starts) or not len(others):
        return np.empty(0, "u4")
    at = np.searchsorted(others, starts, side="right")
    following = others[np.minimum(at, len(others) - 1)]
    is_near = (at < len(others)) & (following - starts <= distance)
    return once(following[is_near])


def _close(places: Array, others: Array, distance: int) -> Array:
    """Return those of `places` that have one of `others` at most `distance` positions away. Few are looked up in many.

    There is a gap before the first place of a segment, so that the difference is never below zero.
    """
    if not len(places) or not len(others):
        return np.empty(0, "u4")
    if len(places) <= len(others):
        at = np.searchsorted(others, places - np.uint32(distance))
        nearest = others[np.minimum(at, len(others) - 1)]
        return places[(at < len(others)) & (nearest <= places + np.uint32(distance))]
    first = np.searchsorted(places, others - np.uint32(distance))
    stop = np.searchsorted(places, others + np.uint32(distance), side="right")
    first = np.maximum(first, np.append(0, stop)[:-1])  # what is close to two of them counts once
    counts = np.maximum(stop - first, 0)
    return places[np.repeat(first - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())]
