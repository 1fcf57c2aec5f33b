"""How close the words of a query are in a text. A place is record * 2^32 + position; places are sorted."""

from collections.abc import Sequence

import numpy as np

from .reader import Array, Postings

MAX_DISTANCE = 3  # positions between two words that count as close
WINDOW_BITS = 6  # a window has 2^6 positions, about a paragraph; each shares half of them with the next one


def close_pairs(left: Array, right: Array) -> Postings:
    """Return (records, how often in each) where two words are at most MAX_DISTANCE positions apart."""
    if not len(left) or not len(right):
        return np.empty(0, "u4"), np.empty(0, "u4")
    is_close = np.searchsorted(right, left + MAX_DISTANCE, side="right") > np.searchsorted(right, left - MAX_DISTANCE)
    return np.unique((left[is_close] >> 32).astype("u4"), return_counts=True)


def best_windows(places: Sequence[Array], weights: Sequence[np.float64]) -> tuple[Array, Array]:
    """Return (records, the weight of the different words in the best window of each), for the places of each word."""
    found = []
    for shift in (0, 1 << (WINDOW_BITS - 1)):
        windows = [_distinct((one + shift) >> WINDOW_BITS) for one in places]
        joined = np.concatenate(windows)
        order = np.argsort(joined, kind="stable")  # merges what is sorted already
        joined = joined[order]
        starts = np.flatnonzero(_is_first(joined))
        if len(starts):
            weight = np.repeat(weights, list(map(len, windows)))[order]
            found.append((joined[starts] >> (32 - WINDOW_BITS), np.add.reduceat(weight, starts)))
    if not found:
        return np.empty(0, "i8"), np.empty(0, "f8")
    records, sums = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.argsort(records, kind="stable")
    records, sums = records[order], sums[order]
    starts = np.flatnonzero(_is_first(records))
    return records[starts], np.maximum.reduceat(sums, starts)


def joined(places: Sequence[Array]) -> Array:
    """Return the elements of sorted arrays in order, each once: a word with two stems has both at one position."""
    filled = [one for one in places if len(one)]
    if len(filled) < 2:
        return filled[0] if filled else np.empty(0, "i8")
    return _distinct(np.sort(np.concatenate(filled), kind="stable"))  # merges what is sorted already


def _distinct(values: Array) -> Array:
    """Return the elements of a sorted array, each once."""
    return values[_is_first(values)]


def _is_first(values: Array) -> Array:
    """Return a mask of the elements of a sorted array that differ from the one before."""
    return np.append(True, values[1:] != values[:-1])[: len(values)]
