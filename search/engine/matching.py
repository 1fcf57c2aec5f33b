"""Match a tree against a snapshot: find the records that match, and score them.

Scores are BM25F (Robertson and Zaragoza, 2009). The occurrences of a word in each field are weighted by the field and
set against its length. They are damped only once they are summed, so that a word in title and text counts as one word.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from search import grammar
from search.analysis import query_terms
from search.engine_api import QueryTimeoutError
from text.words import LATIN, fold, languages_ignoring

from .reader import Array, Postings, Snapshot
from .schema import DEFAULT_FIELDS, NAME_FIELDS

K1 = 1.2  # of BM25F: how soon further occurrences stop adding to the score
B = {"title": 0.4, "text": 0.75, "file": 0.75, "speaker": 0.3, "organization": 0.3}  # of BM25F: the weight of length
DEFAULT_B = 0.5
MAX_EXPANSIONS = 200  # words that a prefix stands for, the most frequent ones
MAX_DISTANCE = 3  # positions between two words that count as close
PARTIAL_SHARE = 0.6  # of the words of a query that a partial match must have
MIN_WORDS_FOR_PARTIAL = 3  # queries with fewer words have no partial matches
FULL_MATCH_BONUS = 1_000  # more than any score, so that full matches come before partial ones
TIME_LIMIT = 2.0  # seconds for one query
LEAVES = (grammar.Word, grammar.Prefix, grammar.Phrase)

Match: TypeAlias = tuple[Array, Array]  # (mask, score), each with an element for every record of the snapshot
# How a phrase is read: its terms with their positions, stop words of a language left out.
Reading: TypeAlias = tuple[tuple[frozenset[str], int], ...]


class Matcher:
    """Matches trees against one snapshot, within TIME_LIMIT from its creation."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.deadline = time.monotonic() + TIME_LIMIT

    def match(self, node: grammar.Node) -> Match:
        """Return the mask and the scores of a tree. Raise QueryTimeoutError."""
        if time.monotonic() > self.deadline:
            raise QueryTimeoutError
        match node:
            case grammar.And():
                return self._match_all(node.parts)
            case grammar.Or():
                return reduce(_union, map(self.match, node.parts))
            case grammar.Not():
                return ~self.match(node.part)[0], np.zeros(self.snapshot.count, "f4")
            case grammar.Word(text):
                return self._match_leaf(node.field, lambda name: self._postings(name, _terms_of(name, text)))
            case grammar.Prefix(text):
                return self._match_leaf(node.field, lambda name: self._postings(name, self._expansions(name, text)))
            case grammar.Phrase():
                return self._match_leaf(node.field, lambda name: self._phrase_postings(name, node))
        raise TypeError(node)

    def match_most(self, tree: grammar.Node) -> Match | None:
        """Return the match of records that have most parts of an And, and none that it excludes.

        Records that have all parts score higher. Return None if the tree has too few parts to leave one out.
        """
        if not isinstance(tree, grammar.And):
            return None
        leaves = [part for part in tree.parts if isinstance(part, LEAVES)]
        required = [part for part in leaves if not getattr(part, "is_common", False)]
        if len(required) < MIN_WORDS_FOR_PARTIAL:
            return None
        masks = [self.match(part)[0] for part in required]
        has_most = np.sum(masks, axis=0) >= np.ceil(len(required) * PARTIAL_SHARE)
        for part in tree.parts:
            if not isinstance(part, LEAVES):
                has_most &= self.match(part)[0]
        has_all, score = self._match_all(tree.parts)
        return has_most | has_all, score + np.where(has_all, FULL_MATCH_BONUS, 0)

    def match_speaker_names(self, tree: grammar.Node | None) -> Array:
        """Return a mask of the records in which a word of the tree is part of a speaker's name."""
        leaves = [leaf for leaf in grammar.positive_leaves(tree) if not leaf.field]
        masks = [self.match(replace(leaf, field="speaker"))[0] for leaf in leaves]
        return np.logical_or.reduce([np.zeros(self.snapshot.count, bool), *masks])

    def _match_all(self, parts: Sequence[grammar.Node]) -> Match:
        """Match all parts. A common word is not required of records in a language that does not index it."""
        required = [part for part in parts if not getattr(part, "is_common", False)]
        mask, score = np.ones(self.snapshot.count, bool), np.zeros(self.snapshot.count, "f4")
        for part in parts:
            part_mask, part_score = self.match(part)
            score += part_score
            if isinstance(part, grammar.Word) and part.is_common and required:
                part_mask = part_mask | self._in_languages(languages_ignoring(part.text))
            mask &= part_mask
        return mask, score + self._proximity_score(parts)

    def _in_languages(self, languages: Iterable[str]) -> Array:
        """Return a mask of the records in one of some languages; a record without a language counts as English."""
        masks = [self.snapshot.records_with("language", language) for language in languages]
        if "en" in languages:
            has_language = np.zeros(self.snapshot.count, bool)
            has_language[self.snapshot.column("language")[0]] = True
            masks.append(~has_language)
        return np.logical_or.reduce(masks)

    def _proximity_score(self, parts: Iterable[grammar.Node]) -> Array:
        """Return the additional scores of records in which neighbouring words of a query are close together."""
        words = [part for part in parts if isinstance(part, grammar.Word) and not part.field and not part.is_common]
        score = np.zeros(self.snapshot.count, "f4")
        for left, right in pairwise(words):
            records, counts = self._close_pairs(left.text, right.text)
            if len(records):
                length = self.snapshot.lengths("text")[records]
                counts = counts / (1 - B["text"] + B["text"] * length)
                score[records] += self._idf(len(records)) * counts * (K1 + 1) / (K1 + counts)
        return score

    def _close_pairs(self, left: str, right: str) -> Postings:
        """Return where two words of the text are at most MAX_DISTANCE positions apart."""
        one, other = (self._starts("text", _terms_of("text", word), 0) for word in (left, right))
        if not len(one) or not len(other):
            return np.empty(0, "u4"), np.empty(0, "u4")
        is_close = np.searchsorted(other, one + MAX_DISTANCE, side="right") > np.searchsorted(other, one - MAX_DISTANCE)
        return np.unique((one[is_close] >> 32).astype("u4"), return_counts=True)

    def _idf(self, count: int) -> np.float64:
        """Return the inverse document frequency of a term that `count` records have."""
        return np.float64(np.log(1 + (self.snapshot.count - count + 0.5) / (count + 0.5)))

    def _match_leaf(self, field: str, find_postings: Callable[[str], Postings]) -> Match:
        """Match what `find_postings(field)` finds, in one field or in all default ones."""
        fields = {("dialogue_title" if field == "dialogue" else field): 1.0} if field else DEFAULT_FIELDS
        weighted = np.zeros(self.snapshot.count, "f4")
        for name, weight in fields.items():
            records, counts = find_postings(name)
            if len(records):
                b = B.get(name, DEFAULT_B)
                length = self.snapshot.lengths(name)[records]
                np.add.at(weighted, records, weight * counts / (1 - b + b * length))
        mask = weighted > 0
        return mask, (self._idf(int(np.count_nonzero(mask))) * weighted * (K1 + 1) / (K1 + weighted)).astype("f4")

    def _postings(self, field: str, terms: Iterable[bytes]) -> Postings:
        """Return the postings of all terms together; a record may occur more than once."""
        found = [self.snapshot.postings(field, term) for term in terms]
        if not found:
            return np.empty(0, "u4"), np.empty(0, "u4")
        records, counts = zip(*found, strict=True)
        return np.concatenate(records), np.concatenate(counts)

    def _expansions(self, field: str, prefix: str) -> Iterable[bytes]:
        """Return the terms of a field for the MAX_EXPANSIONS most frequent words with a prefix."""
        words = self.snapshot.terms_with_prefix(field if field in NAME_FIELDS else "spelling", prefix.encode())
        frequent = sorted(words, key=lambda word: words[word], reverse=True)[:MAX_EXPANSIONS]
        if field in NAME_FIELDS:
            return frequent
        return {term.encode() for word in frequent for term in query_terms(word.decode())}

    def _phrase_postings(self, field: str, phrase: grammar.Phrase) -> Postings:
        """Return where the words of a phrase follow one another in a field, in any language."""
        readings: dict[Reading, list[str]] = {}  # the languages of each reading
        if field in NAME_FIELDS:
            readings[tuple((frozenset({fold(word)}), at) for at, word in enumerate(phrase.words))] = list(LATIN)
        else:
            for language in LATIN:
                readings.setdefault(tuple(grammar.phrase_terms(phrase, language)), []).append(language)
        longest = max(map(len, readings))
        found = []
        for reading, languages in readings.items():
            if not reading:
                continue
            starts = self._phrase_starts(field, reading)
            if len(reading) < longest:  # its gaps are stop words of these languages alone
                starts = starts[self._in_languages(languages)[starts >> 32]]
            found.append(starts)
        keys = np.unique(np.concatenate(found)) if found else np.empty(0, "i8")
        return np.unique((keys >> 32).astype("u4"), return_counts=True)

    def _phrase_starts(self, field: str, reading: Reading) -> Array:
        """Return where the terms of a reading follow one another, as record * 2^32 + position of the first term."""
        first = reading[0][1]  # a stop word before it may be missing
        starts = [self._starts(field, [term.encode() for term in terms], at - first) for terms, at in reading]
        return reduce(lambda left, right: _intersection(*sorted((left, right), key=len)), sorted(starts, key=len))

    def _starts(self, field: str, terms: Iterable[bytes], offset: int) -> Array:
        """Return where a phrase would start if one of the terms is `offset` positions after its start."""
        keys = [self.snapshot.positions(field, term) for term in terms]
        keys = [found for found in keys if len(found)]
        if len(keys) > 1:
            return np.sort(np.concatenate(keys)) - offset
        return keys[0] - offset if keys else np.empty(0, "i8")


def _terms_of(field: str, word: str) -> list[bytes]:
    """Return the terms of a field by which it may hold a word."""
    return [term.encode() for term in ({fold(word)} if field in NAME_FIELDS else query_terms(word))]


def _intersection(few: Array, many: Array) -> Array:
    """Return the elements that two sorted arrays share."""
    if not len(many):
        return many
    at = np.minimum(np.searchsorted(many, few), len(many) - 1)
    return few[many[at] == few]


def _union(left: Match, right: Match) -> Match:
    return left[0] | right[0], left[1] + right[1]
