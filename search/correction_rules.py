"""What counts as a misspelling of what, the same for each engine.

A correction has few differences from the word that was typed, and many records.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf, log

from rapidfuzz.distance import OSA

from text.words import fold, is_stop_word, languages_of

from . import grammar
from .analysis import query_terms
from .misspellings import leniency
from .right_words import is_right_word

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


@dataclass(frozen=True)
class Candidate:
    """A spelling, with the number of records that have it and how far it is from the word that was typed."""

    spelling: str
    count: int
    differences: float

    @property
    def score(self) -> float:
        return log(self.count) - DIFFERENCE_WEIGHT * self.differences if self.count else -inf


def correctable_words(tree: grammar.Node) -> list[grammar.Word]:
    """Return the words of a tree, including those of its phrases, that may be misspelled.

    Numbers may not, and Chinese is written without spelling.
    """
    leaves = grammar.positive_leaves(tree)
    words = [leaf for leaf in leaves if isinstance(leaf, grammar.Word)]
    for phrase in leaves:
        if isinstance(phrase, grammar.Phrase):
            words += [grammar.Word(word, phrase.field) for word in phrase.words]
    return [word for word in words if _is_correctable(word.text)]


def has_unknown_word(tree: grammar.Node) -> bool:
    """Return whether a word of a tree is right in no language. It may be a name, or find others by its stem alone."""
    return any(not is_right_word(word.text) for word in correctable_words(tree))


def _is_correctable(word: str) -> bool:
    return not is_stop_word(word) and languages_of(word) != ("zh",) and not any(map(str.isdigit, word))


def field_of_spellings(word: grammar.Word) -> str:
    """Return the field that has the spellings with which a word is compared."""
    return {"": "spelling", "dialogue": "dialogue_title"}.get(word.field, word.field)


def max_differences(typed: str) -> int:
    """Return how many differences a word may have from a candidate."""
    return 2 if len(typed) >= LONG else 1


def as_candidate(typed: str, spelling: str, count: int, sounding: Collection[str]) -> Candidate | None:
    """Return a spelling as a candidate for a word, or None if it is too far. Those in `sounding` sound alike."""
    most = max_differences(typed)
    differences: float = OSA.distance(typed, spelling, score_cutoff=most)
    if spelling in sounding:
        differences = min(differences, SOUNDS_ALIKE)
    elif differences > 1 and spelling[0] != typed[0] and len(typed) < LONG_ENOUGH_FOR_FIRST:
        return None
    if not 0 < differences <= most or len(spelling) < MIN_LENGTH:
        return None
    return Candidate(spelling, count, differences + _distance_of_first(typed, spelling) - leniency(typed, spelling))


def _distance_of_first(typed: str, meant: str) -> float:
    """Return how many differences a wrong first letter counts in addition; 0 if it is right."""
    if typed[0] == meant[0]:
        return 0
    return (EXTRA_LETTER_WEIGHT if typed[1:] == meant else FIRST_LETTER_WEIGHT) / DIFFERENCE_WEIGHT


def splits(word: grammar.Word) -> Iterator[grammar.Phrase]:
    """Yield the pairs of words that a word may have been run together from."""
    typed = fold(word.text)
    for at in range(MIN_PART_LENGTH, len(typed) - MIN_PART_LENGTH + 1):
        parts = typed[:at], typed[at:]
        if all(len(part) >= MIN_LENGTH or is_stop_word(part) for part in parts):
            yield grammar.Phrase(parts, word.field)


def split_candidate(pair: grammar.Phrase, count: int) -> Candidate:
    """Return a pair of words as a candidate for the word that they were run together to."""
    return Candidate(" ".join(pair.words), count, 1)


def as_node(word: grammar.Word, spelling: str) -> grammar.Node:
    """Return what is searched for if a word is replaced by a spelling, which may be two words."""
    parts = tuple(spelling.split())
    return grammar.Phrase(parts, word.field) if len(parts) > 1 else replace(word, text=parts[0])


def may_find(word: grammar.Word, spelling: str) -> bool:
    """Return whether a word may find what has another spelling: whether they share a stem in some language."""
    return not word.field and not query_terms(word.text).isdisjoint(query_terms(spelling))


def neighbours(tree: grammar.Node) -> Iterator[tuple[grammar.Word, grammar.Word]]:
    """Yield words that are side by side and searched for in the same field."""
    for left, right in pairwise(tree.parts if isinstance(tree, grammar.And) else ()):
        if isinstance(left, grammar.Word) and isinstance(right, grammar.Word) and left.field == right.field:
            yield left, right


def as_one(left: grammar.Word, right: grammar.Word) -> grammar.Word:
    """Return two words as one."""
    return grammar.Word(fold(left.text + right.text), left.field)


def is_pair_known(pair: tuple[grammar.Word, grammar.Word], counts: Mapping[grammar.Word, int]) -> bool:
    """Return whether both words of a pair are right as they are. `counts` has the records of those that may not be."""
    return all(counts.get(word, 1) or is_right_word(word.text) for word in pair)


def is_meant(candidate: Candidate, count: int) -> bool:
    """Return whether a word that `count` records have is probably a misspelling of a candidate."""
    if count > FEW_RECORDS:
        return candidate.differences < 1 and candidate.count > count * RATIO_OF_MORE
    return candidate.count > count * MIN_FREQUENCY_RATIO
