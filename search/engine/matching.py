"""From a tree to what matches it and how well: a mask and a score over all records of a snapshot.

Scores are BM25F (Robertson and Zaragoza, 2009): how often a word stands in each field, weighted by field and set
against the field's length, is summed before it is damped, so that a word in title and text does not count as two.
"""

import time
from functools import reduce

import numpy as np

from search import grammar
from search.analysis import fold, variants
from search.seam import TooSlowError

from .schema import NAMES, WORDS

DAMPING = 1.2  # k1 of BM25F
LENGTH_COUNTS = {"title": 0.4, "text": 0.75, "file": 0.75, "speaker": 0.3, "organization": 0.3}  # b of BM25F
MOST_ENDINGS = 200  # words that a beginning stands for, the most frequent
SLOWEST = 2.0  # seconds for one query


class Matcher:
    """Answers trees from one snapshot."""

    def __init__(self, snapshot):
        self.snapshot = snapshot
        self.until = time.monotonic() + SLOWEST

    def match(self, node):
        """(mask, score) of a tree; raises TooSlowError."""
        if time.monotonic() > self.until:
            raise TooSlowError
        match node:
            case grammar.Every():
                return self.every(node.parts)
            case grammar.Any():
                return reduce(either, map(self.match, node.parts))
            case grammar.Without():
                return ~self.match(node.part)[0], np.zeros(self.snapshot.count, "f4")
            case grammar.Word():
                return self.leaf(node.field, lambda name: self.terms(name, self.alternatives(name, node.text)))
            case grammar.Beginning():
                return self.leaf(node.field, lambda name: self.terms(name, self.endings(name, node.text)))
            case grammar.Phrase():
                return self.leaf(node.field, lambda name: self.phrase(name, node))
        raise TypeError(node)

    def every(self, parts):
        """All parts that are not common must match; common ones add to the score."""
        needed = [part for part in parts if not getattr(part, "is_common", False)]
        mask, score = np.ones(self.snapshot.count, bool), np.zeros(self.snapshot.count, "f4")
        for part in parts:
            matches, worth = self.match(part)
            score += worth
            if part in (needed or parts):
                mask &= matches
        return mask, score

    def leaf(self, field, frequencies):
        """(mask, score) of what `frequencies(field)` finds, in one field or in all that a plain word looks in."""
        fields = {("dialogue_title" if field == "dialogue" else field): 1.0} if field else WORDS
        weighed = np.zeros(self.snapshot.count, "f4")
        for name, weight in fields.items():
            records, times = frequencies(name)
            if len(records):
                b = LENGTH_COUNTS.get(name, 0.5)
                length = self.snapshot.lengths(name)[records]
                np.add.at(weighed, records, weight * times / (1 - b + b * length))
        mask = weighed > 0
        found, count = np.count_nonzero(mask), self.snapshot.count
        rarity = np.log(1 + (count - found + 0.5) / (found + 0.5))
        return mask, (rarity * weighed * (DAMPING + 1) / (DAMPING + weighed)).astype("f4")

    def terms(self, field, terms):
        """(records, how often) for any of some terms of a field; a record may stand more than once."""
        found = [self.snapshot.postings(field, term) for term in terms]
        if not found:
            return np.empty(0, "u4"), np.empty(0, "u4")
        return tuple(np.concatenate(part) for part in zip(*found, strict=True))

    def alternatives(self, field, word):
        """The terms of a field that a word may stand as."""
        return [term.encode() for term in ({fold(word)} if field in NAMES else variants(word))]

    def endings(self, field, letters):
        """The terms of a field that words which begin so may stand as; of the MOST_ENDINGS most frequent words."""
        words = self.snapshot.beginning(field if field in NAMES else "spelling", letters.encode())
        often = sorted(words, key=words.get, reverse=True)[:MOST_ENDINGS]
        return often if field in NAMES else {term.encode() for word in often for term in variants(word.decode())}

    def phrase(self, field, node):
        """(records, how often) where the words of a phrase follow one another in a field."""
        if field in NAMES:
            wanted = [([fold(word).encode()], at) for at, word in enumerate(node.words)]
        else:
            wanted = [([term.encode() for term in terms], at) for terms, at in grammar.terms_in_order(node)]
        if not wanted:
            return np.empty(0, "u4"), np.empty(0, "u4")
        first = wanted[0][1]  # common words before it are gaps that need no room
        steps = [self.steps(field, terms, at - first) for terms, at in wanted]
        keys = reduce(lambda left, right: common(*sorted((left, right), key=len)), sorted(steps, key=len))
        return np.unique((keys >> 32).astype("u4"), return_counts=True)

    def steps(self, field, terms, at):
        """Where a phrase would begin, judged by its word number `at`."""
        keys = [self.snapshot.places(field, term) for term in terms]
        return (keys[0] if len(keys) == 1 else np.unique(np.concatenate(keys))) - at


def common(few, many):
    """What stands in both of two sorted arrays."""
    if not len(many):
        return many
    at = np.minimum(np.searchsorted(many, few), len(many) - 1)
    return few[many[at] == few]


def either(left, right):
    return left[0] | right[0], left[1] + right[1]
