"""From a tree to what matches it and how well: a mask and a score over all records of a snapshot.

Scores are BM25F (Robertson and Zaragoza, 2009): how often a word stands in each field, weighted by field and set
against the field's length, is summed before it is damped, so that a word in title and text does not count as two.
"""

import time
from dataclasses import replace
from functools import reduce
from itertools import pairwise

import numpy as np

from search import grammar
from search.analysis import variants
from search.seam import TooSlowError
from text.folding import LATIN, fold
from text.stop_words import languages_ignoring

from .schema import NAMES, WORDS

DAMPING = 1.2  # k1 of BM25F
LENGTH_COUNTS = {"title": 0.4, "text": 0.75, "file": 0.75, "speaker": 0.3, "organization": 0.3}  # b of BM25F
MOST_ENDINGS = 200  # words that a beginning stands for, the most frequent
CLOSE = 3  # places between two words that are taken to belong together
MOST = 0.6  # of the words of a query that a record has to have where few have all
FEWEST_TO_MISS = 3  # words of a query that can do without one
FIRST = 1_000  # more than any score: what has all words comes before what has most
LEAVES = (grammar.Word, grammar.Beginning, grammar.Phrase)
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
        """All parts must match; but of a text in whose language a word is too common to be indexed it is not asked."""
        needed = [part for part in parts if not getattr(part, "is_common", False)]
        mask, score = np.ones(self.snapshot.count, bool), np.zeros(self.snapshot.count, "f4")
        for part in parts:
            matches, worth = self.match(part)
            score += worth
            mask &= (
                matches if part in needed or not needed else matches | self.written_in(languages_ignoring(part.text))
            )
        return mask, score + self.nearness(parts)

    def written_in(self, languages):
        """A mask of the records in one of some languages; where no language is noted, it is English."""
        masks = [self.snapshot.records_with("language", language) for language in languages]
        if "en" in languages:
            noted = np.zeros(self.snapshot.count, bool)
            noted[self.snapshot.column("language")[0]] = True
            masks.append(~noted)
        return np.logical_or.reduce(masks)

    def most_of(self, tree):
        """(mask, score) of what matches most parts of a tree of Every, and none that it must not match.

        What matches all of them comes first. None where a tree has too few parts to do without one.
        """
        wanted = [part for part in getattr(tree, "parts", ()) if isinstance(part, LEAVES)]
        needed = [part for part in wanted if not getattr(part, "is_common", False)]
        if not isinstance(tree, grammar.Every) or len(needed) < FEWEST_TO_MISS:
            return None
        found = [self.match(part)[0] for part in needed]
        enough = np.sum(found, axis=0) >= np.ceil(len(needed) * MOST)
        for part in tree.parts:
            if not isinstance(part, LEAVES):
                enough &= self.match(part)[0]
        every, score = self.every(tree.parts)
        return enough | every, score + np.where(every, FIRST, 0)

    def named(self, tree):
        """A mask of the records in which a word of a tree is part of a speaker's name."""
        words = [leaf for leaf in grammar.wanted(tree) if not leaf.field]
        masks = [self.match(replace(leaf, field="speaker"))[0] for leaf in words]
        return np.logical_or.reduce([np.zeros(self.snapshot.count, bool), *masks])

    def nearness(self, parts):
        """What neighbouring words of a query add to the score of records in which they stand close to each other."""
        words = [part for part in parts if isinstance(part, grammar.Word) and not part.field and not part.is_common]
        score = np.zeros(self.snapshot.count, "f4")
        for left, right in pairwise(words):
            records, times = self.close(left.text, right.text)
            if len(records):
                length = self.snapshot.lengths("text")[records]
                often = times / (1 - LENGTH_COUNTS["text"] + LENGTH_COUNTS["text"] * length)
                score[records] += self.rarity(len(records)) * often * (DAMPING + 1) / (DAMPING + often)
        return score

    def close(self, left, right):
        """(records, how often) where two words of a text stand at most CLOSE places apart."""
        one, other = (self.steps("text", self.alternatives("text", word), 0) for word in (left, right))
        if not len(one) or not len(other):
            return np.empty(0, "u4"), np.empty(0, "u4")
        near = np.searchsorted(other, one + CLOSE, side="right") > np.searchsorted(other, one - CLOSE)
        return np.unique((one[near] >> 32).astype("u4"), return_counts=True)

    def rarity(self, found):
        """What a match is worth that `found` records have: the less the more they are."""
        return np.log(1 + (self.snapshot.count - found + 0.5) / (found + 0.5))

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
        return mask, (self.rarity(np.count_nonzero(mask)) * weighed * (DAMPING + 1) / (DAMPING + weighed)).astype("f4")

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
            readings = {tuple((frozenset({fold(word)}), at) for at, word in enumerate(node.words)): LATIN}
        else:
            readings = {}
            for language in LATIN:
                reading = tuple(grammar.terms_in_order(node, language))
                readings.setdefault(reading, []).append(language)
        most = max(map(len, readings))
        runs = [self.runs(field, reading) for reading in readings if reading]
        for at, (reading, languages) in enumerate(item for item in readings.items() if item[0]):
            if len(reading) < most:  # with gaps where that language has common words: so in its own texts alone
                runs[at] = runs[at][self.written_in(languages)[runs[at] >> 32]]
        keys = np.unique(np.concatenate(runs)) if runs else np.empty(0, "i8")
        return np.unique((keys >> 32).astype("u4"), return_counts=True)

    def runs(self, field, reading):
        """Where the terms of one reading of a phrase follow one another, by the place of its first word."""
        first = reading[0][1]  # common words before it are gaps that need no room
        steps = [self.steps(field, [term.encode() for term in terms], at - first) for terms, at in reading]
        return reduce(lambda left, right: common(*sorted((left, right), key=len)), sorted(steps, key=len))

    def steps(self, field, terms, at):
        """Where a phrase would begin, judged by its word number `at`."""
        keys = [self.snapshot.places(field, term) for term in terms]
        keys = [found for found in keys if len(found)]
        if len(keys) > 1:
            return np.sort(np.concatenate(keys)) - at
        return keys[0] - at if keys else np.empty(0, "i8")


def common(few, many):
    """What stands in both of two sorted arrays."""
    if not len(many):
        return many
    at = np.minimum(np.searchsorted(many, few), len(many) - 1)
    return few[many[at] == few]


def either(left, right):
    return left[0] | right[0], left[1] + right[1]
