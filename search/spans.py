"""Spans of a query's words in a text: what they are worth, and where they are densest."""

from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias

SNIPPET_WIDTH = 260  # characters, about three lines

Span: TypeAlias = tuple[str, int, int]  # (word or phrase of the query, start, stop)


def without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """Drop spans that start before the one before them has ended."""
    kept: list[Span] = []
    for span in spans:
        if not kept or span[1] >= kept[-1][2]:
            kept.append(span)
    return kept


def score(spans: list[Span]) -> tuple[int, int]:
    """Return a key that ranks by the number of different words, then by the number of spans in the densest part."""
    return sum(map(worth_of, {word for word, _, _ in spans})), len(densest(spans))


def densest(spans: list[Span]) -> list[Span]:
    """Return the run of spans, no wider than a snippet, whose different words count most; a wider span is one alone."""
    counts: Counter[str] = Counter()
    first, total, best_worth, best = 0, 0, (0, 0), slice(0)
    for last, (word, _, stop) in enumerate(spans):
        total += 0 if counts[word] else worth_of(word)
        counts[word] += 1
        while first < last and stop - spans[first][1] > SNIPPET_WIDTH:
            dropped = spans[first][0]
            counts[dropped] -= 1
            total -= 0 if counts[dropped] else worth_of(dropped)
            first += 1
        worth = total, last - first
        if worth > best_worth or last == 0:
            best_worth, best = worth, slice(first, last + 1)
    return spans[best]


def worth_of(word: str) -> int:
    """Return what a word of the query counts, or a phrase that occurs whole, which counts more than its words would."""
    return 1 + 2 * word.count(" ")
