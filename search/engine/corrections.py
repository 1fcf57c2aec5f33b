"""Corrections of misspelled words, from the words of the index.

The candidates for a word are the spellings within a few letters of it: letters missing, added, wrong or swapped, and
those that sound alike. The best has few such differences and many records, of those that have the other words of the
query if there are any. All counts are of visible records.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from weakref import WeakKeyDictionary

import numpy as np
from rapidfuzz.distance import OSA

from search import grammar
from search.analysis import query_terms, spelling
from search.fields import NAME_FIELDS
from search.right_words import is_right_word
from text.words import fold, is_acronym, is_stop_word, languages_of

from .matching import Matcher
from .misspellings import leniency, respelled
from .reader import Array, TermDictionary
from .snapshot import Snapshot

MAX_RECORDS_OF_TYPO = 10  # a word that more records have is not a typo
MIN_FREQUENCY_RATIO = 20  # times as frequent as the word, at least, for a correction
# A word that more records have may be a name. It is a typo only if it has one likely difference (see `leniency`) from a
# word that is far more frequent.
FEW_RECORDS, RATIO_OF_MORE = 5, 100
MIN_LENGTH = 3  # letters of a word that is corrected
LONG = 5  # letters from which a word may have two differences
LONG_ENOUGH_FOR_FIRST = 7  # letters from which one of two differences may be the first letter
SOUNDS_ALIKE = 1.5  # differences for which a word counts that sounds alike
MIN_PART_LENGTH = 2  # letters of a word that was run together with another
MAX_CANDIDATES = 30  # that are compared with the other words of the query
# A difference of a letter outweighs this many times as many records, as a power of e.
DIFFERENCE_WEIGHT = 5.0
FIRST_LETTER_WEIGHT = 0.5  # in addition, because the first letter is seldom wrong
EXTRA_LETTER_WEIGHT = 1.5  # instead, if a letter was added before it, which is rarer still

_signatures: WeakKeyDictionary[TermDictionary, Array] = WeakKeyDictionary()


@dataclass(frozen=True)
class Candidate:
    """A spelling, with the number of records that have it and how far it is from the word that was typed."""

    spelling: str
    count: int
    differences: float

    @property
    def score(self) -> float:
        return float(np.log(self.count)) - DIFFERENCE_WEIGHT * self.differences if self.count else -np.inf


def correct(snapshot: Snapshot, tree: grammar.Node) -> dict[str, str]:
    """Return {word: another} for words that no record has, or few if another is far more frequent.

    Two words that should be one, as "traf ficking", are a key together. Words that are right in some language are left.
    """
    return Corrector(snapshot).correct(tree)


def correctable_words(tree: grammar.Node) -> list[grammar.Word]:
    """Return the words of a tree, those of its phrases included, that may be misspelled.

    No number is, and Chinese is written without spelling.
    """
    leaves = grammar.positive_leaves(tree)
    words = [leaf for leaf in leaves if isinstance(leaf, grammar.Word)]
    for phrase in leaves:
        if isinstance(phrase, grammar.Phrase):
            words += [grammar.Word(word, phrase.field) for word in phrase.words]
    return [word for word in words if _is_correctable(word.text)]


def _is_correctable(word: str) -> bool:
    return not is_stop_word(word) and languages_of(word) != ("zh",) and not any(map(str.isdigit, word))


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
        return len(self.snapshot.postings(_field_of_spellings(word), fold(word.text).encode())[0])

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
        if word.field or query_terms(word.text).isdisjoint(query_terms(spelling)):
            return False
        return self._count(word) >= self._count(replace(word, text=spelling))

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
        most = 2 if len(typed) >= LONG else 1
        sounding, counts = set(respelled(typed)), dict[str, int]()
        for terms, numbers in self.snapshot.dictionaries(_field_of_spellings(word)):
            found = {number for one in sounding if (number := terms.find(one.encode())) is not None}
            for number in found.union(_similar_terms(terms, typed, most)):
                if numbers[number]:
                    spelling = terms[number].decode()
                    counts[spelling] = counts.get(spelling, 0) + int(numbers[number])
        for spelling, count in counts.items():
            differences: float = OSA.distance(typed, spelling, score_cutoff=most)
            is_first_wrong = spelling[0] != typed[0]
            if spelling in sounding:
                differences = min(differences, SOUNDS_ALIKE)
            elif differences > 1 and is_first_wrong and len(typed) < LONG_ENOUGH_FOR_FIRST:
                continue
            if 0 < differences <= most and len(spelling) >= MIN_LENGTH:
                first = distance_of_first(typed, spelling)
                yield Candidate(spelling, count, differences + first - leniency(typed, spelling))

    def _split(self, word: grammar.Word) -> Iterator[Candidate]:
        """Yield the pairs of words that a word was run together from, if they follow one another somewhere."""
        typed = fold(word.text)
        for at in range(MIN_PART_LENGTH, len(typed) - MIN_PART_LENGTH + 1):
            parts = typed[:at], typed[at:]
            are_words = all(len(part) >= MIN_LENGTH or is_stop_word(part) for part in parts)
            # To look for a phrase takes many times as long as to look for its words.
            are_known = are_words and all(
                spelling(part) is None or self._spelled(grammar.Word(part, word.field)) for part in parts
            )
            if are_known and (count := self._count(grammar.Phrase(parts, word.field))):
                yield Candidate(" ".join(parts), count, 1)

    def _join(
        self, tree: grammar.Node, counts: dict[grammar.Word, int]
    ) -> Iterator[tuple[grammar.Word, tuple[str, str]]]:
        """Yield (word, (two words, the one that they are)) for neighbours, one of them unknown, that are one word."""
        parts = tree.parts if isinstance(tree, grammar.And) else ()
        for left, right in pairwise(parts):
            if not isinstance(left, grammar.Word) or not isinstance(right, grammar.Word) or left.field != right.field:
                continue
            is_known = all(counts.get(word, 1) or is_right_word(word.text) for word in (left, right))
            whole = grammar.Word(fold(left.text + right.text), left.field)
            if not is_known and self._count(whole):
                for word in (left, right):
                    yield word, (f"{left.text} {right.text}", whole.text)

    def _count(self, node: grammar.Node) -> int:
        return int(np.count_nonzero(self.matcher.match(node)[0] & self.snapshot.alive))

    def _count_within(self, word: grammar.Word, candidate: Candidate, context: list[Array]) -> int:
        """Return how many records have a candidate and all the other words of the query."""
        parts = tuple(candidate.spelling.split())
        node: grammar.Node = grammar.Phrase(parts, word.field) if len(parts) > 1 else replace(word, text=parts[0])
        mask = self.matcher.match(node)[0] & self.snapshot.alive
        count = int(np.count_nonzero(np.logical_and.reduce([mask, *context])))
        return min(count, candidate.count)  # a misspelling may share the stem of a frequent word


def is_meant(candidate: Candidate, count: int) -> bool:
    """Return whether a word that `count` records have is probably a misspelling of a candidate."""
    if count > FEW_RECORDS:
        return candidate.differences < 1 and candidate.count > count * RATIO_OF_MORE
    return candidate.count > count * MIN_FREQUENCY_RATIO


def distance_of_first(typed: str, meant: str) -> float:
    """Return how many differences a wrong first letter counts in addition; 0 if it is right."""
    if typed[0] == meant[0]:
        return 0
    return (EXTRA_LETTER_WEIGHT if typed[1:] == meant else FIRST_LETTER_WEIGHT) / DIFFERENCE_WEIGHT


def _field_of_spellings(word: grammar.Word) -> str:
    return {"": "spelling", "dialogue": "dialogue_title"}.get(word.field, word.field)


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
