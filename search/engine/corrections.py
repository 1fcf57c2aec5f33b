"""Corrections of misspelled words, from the words of the index.

The candidates for a word are the spellings within a few letters of it: letters missing, added, wrong or swapped, and
those that sound alike. The best has few such differences and many records, of those that have the other words of the
query if there are any. All counts are of visible records.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from weakref import WeakKeyDictionary

import numpy as np

from search import grammar
from search.analysis import spelling
from search.correction_rules import (
    MAX_CANDIDATES,
    MAX_RECORDS_OF_TYPO,
    MIN_LENGTH,
    Candidate,
    as_candidate,
    as_node,
    as_one,
    correctable_words,
    field_of_spellings,
    is_meant,
    is_pair_known,
    max_differences,
    may_find,
    neighbours,
    split_candidate,
    splits,
)
from search.fields import NAME_FIELDS
from search.misspellings import respelled
from search.right_words import is_right_word
from text.words import fold, is_acronym

from .matching import Matcher
from .reader import Array, TermDictionary
from .snapshot import Snapshot

_signatures: WeakKeyDictionary[TermDictionary, Array] = WeakKeyDictionary()


def correct(snapshot: Snapshot, tree: grammar.Node) -> dict[str, str]:
    """Return {word: another} for words that no record has, or few if another is far more frequent.

    Two words that should be one, as "traf ficking", are a key together. Words that are right in some language are left.
    """
    return Corrector(snapshot).correct(tree)


class Corrector:
    """Corrects the words of one query."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.matcher = Matcher(snapshot)

    def correct(self, tree: grammar.Node) -> dict[str, str]:
        words = correctable_words(tree)
        counts = {word: self._count(word) if is_acronym(word.text) else self._spelled(word) for word in words}
        joined = dict(self._join(tree, counts))
        found = dict(joined.values())
        for word in words:
            if word in joined or counts[word] > MAX_RECORDS_OF_TYPO or len(word.text) < MIN_LENGTH:
                continue
            best = self._best(word, [other for other in words if other != word])
            if best and is_meant(best, counts[word]):
                found[word.text] = best.spelling
        return found

    def _spelled(self, word: grammar.Word) -> int:
        """Return how many records have a word in this spelling."""
        return len(self.snapshot.postings(field_of_spellings(word), fold(word.text).encode())[0])

    def _best(self, word: grammar.Word, others: list[grammar.Word]) -> Candidate | None:
        """Return the best other spelling of a word, or None if it is right or like no other."""
        if is_acronym(word.text):
            return self._best_of_acronym(word)
        if is_right_word(word.text) or (not word.field and self._is_name(word)):
            return None
        found = [*self._similar(word), *self._split(word)]
        found = sorted(found, key=lambda one: (-one.score, one.spelling))[:MAX_CANDIDATES]
        masks = [self.matcher.match(other)[0] & self.snapshot.alive for other in others] if found else []
        if (context := [mask for mask in masks if mask.any()]) and (best := self._best_within(word, found, context)):
            found = [best]
        return found[0] if found and not self._finds(word, found[0].spelling) else None

    def _finds(self, word: grammar.Word, spelling: str) -> bool:
        """Return whether a word finds what has another spelling. They may share a stem in some languages only."""
        return may_find(word, spelling) and self._count(word) >= self._count(replace(word, text=spelling))

    def _best_within(self, word: grammar.Word, found: list[Candidate], context: list[Array]) -> Candidate | None:
        """Return the best of some candidates, best first, among records with the other words; None if none is there."""
        best: Candidate | None = None
        for one in found:
            if best and one.score < best.score:  # among fewer records, no candidate scores higher than among all
                break
            within = replace(one, count=self._count_within(word, one, context))
            if within.count and (not best or (-within.score, within.spelling) < (-best.score, best.spelling)):
                best = within
        return best

    def _best_of_acronym(self, word: grammar.Word) -> Candidate | None:
        """Return another word for letters in capitals: DEBT is debt where it is no acronym, and SLOAS may be SOLAS."""
        if count := self._spelled(word):
            return Candidate(word.text.lower(), count, 0)
        same_letters = (one for one in self._similar(word) if sorted(one.spelling) == sorted(fold(word.text)))
        return max(same_letters, key=lambda one: (one.score, one.spelling), default=None)

    def _is_name(self, word: grammar.Word) -> bool:
        return any(len(self.snapshot.postings(field, fold(word.text).encode())[0]) for field in NAME_FIELDS)

    def _similar(self, word: grammar.Word) -> Iterator[Candidate]:
        """Yield the spellings that differ from a word by a few letters."""
        typed = fold(word.text)
        sounding, counts = set(respelled(typed)), dict[str, int]()
        for terms, numbers in self.snapshot.dictionaries(field_of_spellings(word)):
            found = {number for one in sounding if (number := terms.find(one.encode())) is not None}
            for number in found.union(_similar_terms(terms, typed, max_differences(typed))):
                if numbers[number]:
                    spelling = terms[number].decode()
                    counts[spelling] = counts.get(spelling, 0) + int(numbers[number])
        for spelling, count in counts.items():
            if one := as_candidate(typed, spelling, count, sounding):
                yield one

    def _split(self, word: grammar.Word) -> Iterator[Candidate]:
        """Yield the pairs of words that a word was run together from, if they follow one another somewhere."""
        for pair in splits(word):
            # Looking for a phrase takes many times as long as looking for its words.
            are_known = all(
                spelling(part) is None or self._spelled(grammar.Word(part, word.field)) for part in pair.words
            )
            if are_known and (count := self._count(pair)):
                yield split_candidate(pair, count)

    def _join(
        self, tree: grammar.Node, counts: dict[grammar.Word, int]
    ) -> Iterator[tuple[grammar.Word, tuple[str, str]]]:
        """Yield (word, (two words, the one that they are)) for neighbours, one of them unknown, that are one word."""
        for pair in neighbours(tree):
            whole = as_one(*pair)
            if not is_pair_known(pair, counts) and self._count(whole):
                for word in pair:
                    yield word, (" ".join(one.text for one in pair), whole.text)

    def _count(self, node: grammar.Node) -> int:
        return int(np.count_nonzero(self.matcher.match(node)[0] & self.snapshot.alive))

    def _count_within(self, word: grammar.Word, candidate: Candidate, context: list[Array]) -> int:
        """Return how many records have a candidate and all the other words of the query."""
        mask = self.matcher.match(as_node(word, candidate.spelling))[0] & self.snapshot.alive
        count = int(np.count_nonzero(np.logical_and.reduce([mask, *context])))
        return min(count, candidate.count)  # a misspelling may share the stem of a frequent word


def _similar_terms(terms: TermDictionary, word: str, most: int) -> list[int]:
    """Return the numbers of the terms that may have at most so many differences from a word.

    Two words with one difference have nearly the same bytes. Comparing these sets leaves few terms to decode.
    """
    encoded = word.encode()
    size = most * (len(encoded) // len(word))  # bytes of that many letters
    lengths = np.diff(terms.terms.ends, prepend=0).astype("i8")
    if terms not in _signatures:
        _signatures[terms] = _signatures_of(terms, lengths)
    signature = np.bitwise_or.reduce(np.uint32(1) << (np.frombuffer(encoded, "u1") % 32).astype("u4"))
    is_close = np.bitwise_count(_signatures[terms] ^ signature) <= 2 * size
    return np.flatnonzero(is_close & (np.abs(lengths - len(encoded)) <= size)).tolist()


def _signatures_of(terms: TermDictionary, lengths: Array) -> Array:
    """Return the set of the bytes of each term, modulo 32, as the bits of a number."""
    if not len(terms):
        return np.empty(0, "u4")
    bits = np.uint32(1) << (np.frombuffer(terms.terms.blob, "u1") % 32).astype("u4")
    return np.bitwise_or.reduceat(bits, terms.terms.ends.astype("i8") - lengths)
