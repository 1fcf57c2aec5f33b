"""Match a tree against a snapshot: find the records that match, and score them.

Scores are BM25F (Robertson and Zaragoza, 2009). The occurrences of a word in each field are weighted by the field and
set against its length. Within a group of fields they are damped only once they are summed. Each group has a score of
its own, so that a country's statement ranks above statements that often name the country.

Words of a query that are close together in the text add to the score: two neighbours that are side by side, and all
words that are in one passage.
"""

import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from search import grammar
from search.analysis import exact, exact_term, han_ngrams, query_terms
from search.engine_api import QueryTimeoutError
from text.words import fold, is_stop_word, languages_ignoring, languages_of

from .proximity import best_windows, close_pairs, joined
from .reader import Array, Postings
from .schema import FIELD_GROUPS, NAME_FIELDS, PROXIMITY_FIELDS, YEAR_FIELD
from .snapshot import Snapshot

K1 = 1.2  # of BM25F: how soon further occurrences stop adding to the score
# Of BM25F: the weight of length.
B = {"title": 0.4, "text": 0.75, "file": 0.75, "speaker": 0.3, "organization": 0.3, "year": 0.0}
DEFAULT_B = 0.5
PAIR_B = 0.3  # for two words side by side
MAX_EXPANSIONS = 200  # words that a prefix stands for, the most frequent ones
MIN_WORDS_FOR_WINDOWS = 3  # of two words, it matters whether they are side by side
WINDOW_WEIGHT = 1.5  # of the words in the best passage
YEAR_WEIGHT = 0.5  # of the year of a record
MAX_BETWEEN_NAMES = 3  # words between two words of a quoted name, as in "Nelson (Rolihlahla) Mandela"
PARTIAL_SHARE = 0.5  # of the weight of a query's words that a partial match must have; rare words weigh more
BEST_SHARE, LEAST_SHARE = 0.8, 0.25  # where none has so much: of the weight of the best record, and of all words
MAX_PARTIAL_WEIGHT = 5.0  # of a word, so that one word that is very rare, or misspelt, does not decide alone
MIN_WORDS_FOR_PARTIAL = 3  # queries with fewer words have no partial matches, unless no record has one of the words
FULL_MATCH_BONUS = 1_000  # more than any score, so that full matches come before partial ones
TIME_LIMIT = 2.0  # seconds of processor time for one query
YEAR = re.compile("(?:19|20)[0-9]{2}")
LEAVES = (grammar.Word, grammar.Prefix, grammar.Phrase)

Match: TypeAlias = tuple[Array, Array]  # (mask, score), each with an element for every record of the snapshot


class Matcher:
    """Matches trees against one snapshot, within TIME_LIMIT from its creation, in the thread that created it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.deadline = time.thread_time() + TIME_LIMIT

    def check_time(self) -> None:
        """Raise QueryTimeoutError if the query has used its time. Waiting for a busy machine does not count."""
        if time.thread_time() > self.deadline:
            raise QueryTimeoutError

    def match(self, node: grammar.Node) -> Match:
        """Return the mask and the scores of a tree. Raise QueryTimeoutError."""
        match node:
            case grammar.And():
                return self._match_all(node.parts)
            case grammar.Or():
                return reduce(_union, map(self.match, node.parts))
            case grammar.Not():
                return ~self.match(node.part)[0], np.zeros(self.snapshot.count, "f4")
            case grammar.Word():
                return self._match_word(node)
            case grammar.Prefix(text):
                return self._match_leaf(node.field, lambda name: self._postings(name, self._expansions(name, text)))
            case grammar.Phrase():
                return self._match_leaf(node.field, lambda name: self._phrase_postings(name, node))
            case grammar.Range():
                return self._match_range(node), np.zeros(self.snapshot.count, "f4")
        raise TypeError(node)

    def match_most(self, tree: grammar.Node) -> Match | None:
        """Return the match of records that have most parts of an And, and none that it excludes.

        Records that have all parts score higher. Return None if the tree has too few parts to leave one out.
        """
        if not isinstance(tree, grammar.And):
            return None
        leaves = [part for part in tree.parts if isinstance(part, LEAVES)]
        required = [part for part in leaves if not getattr(part, "is_common", False)]
        masks = [self.match(part)[0] for part in required]
        counts = [int(np.count_nonzero(mask)) for mask in masks]
        if len(required) < MIN_WORDS_FOR_PARTIAL and (len(required) < 2 or all(counts)):
            return None
        weights = [min(self._idf(count), MAX_PARTIAL_WEIGHT) if count else 0 for count in counts]
        weight = reduce(np.add, (mask * weight for mask, weight in zip(masks, weights, strict=True)))
        share = max(BEST_SHARE * weight.max(initial=0), LEAST_SHARE * sum(weights))
        has_most = (weight > 0) & (weight >= min(share, PARTIAL_SHARE * sum(weights)))
        for part in tree.parts:
            if not isinstance(part, LEAVES):
                has_most &= self.match(part)[0]
        has_all, score = self._match_all(tree.parts, has_most)
        return has_most | has_all, score + np.where(has_all, FULL_MATCH_BONUS, 0)

    def match_speaker_names(self, tree: grammar.Node | None) -> Array:
        """Return a mask of the records in which a word of the tree is part of a speaker's name."""
        leaves = [leaf for leaf in grammar.positive_leaves(tree) if not leaf.field]
        masks = [self.match(replace(leaf, field="speaker"))[0] for leaf in leaves]
        return np.logical_or.reduce([np.zeros(self.snapshot.count, bool), *masks])

    def _match_all(self, parts: Sequence[grammar.Node], others: Array | None = None) -> Match:
        """Match all parts. A common word is not required of records in a language that does not index it.

        `others` is a mask of records that need the whole score as well, though they do not match.
        """
        required = [part for part in parts if not getattr(part, "is_common", False)]
        mask, score = np.ones(self.snapshot.count, bool), np.zeros(self.snapshot.count, "f4")
        for part in parts:
            part_mask, part_score = self.match(part)
            score += part_score
            if isinstance(part, grammar.Word) and part.is_common and required:
                part_mask = part_mask | self._in_languages(languages_ignoring(part.text))
            mask &= part_mask
        return mask, score + self._proximity_score(parts, mask if others is None else mask | others)

    def _in_languages(self, languages: Iterable[str]) -> Array:
        """Return a mask of the records in one of some languages; a record without a language counts as English."""
        masks = [self.snapshot.records_with("language", language) for language in languages]
        if "en" in languages:
            has_language = np.zeros(self.snapshot.count, bool)
            has_language[self.snapshot.column("language")[0]] = True
            masks.append(~has_language)
        return np.logical_or.reduce(masks)

    def _proximity_score(self, parts: Iterable[grammar.Node], mask: Array) -> Array:
        """Return the additional scores of the records in a mask whose words of a query are close together."""
        words = [part for part in parts if isinstance(part, grammar.Word) and not part.field and not part.is_common]
        score = np.zeros(self.snapshot.count, "f4")
        if len(words) < 2:
            return score
        for field, weight in PROXIMITY_FIELDS.items():
            places = [self._starts(field, _terms_of(field, word.text), 0) for word in words]
            places = [one[mask[one >> 32]] for one in places]
            lengths = self.snapshot.lengths(field)
            for left, right in pairwise(places):
                records, counts = close_pairs(left, right)
                counts = counts / (1 - PAIR_B + PAIR_B * lengths[records])
                score[records] += weight * self._idf(len(records)) * counts * (K1 + 1) / (K1 + counts)
            if len(words) >= MIN_WORDS_FOR_WINDOWS:
                numbers = (len(self._postings(field, _terms_of(field, word.text))[0]) for word in words)
                records, best = best_windows(places, list(map(self._idf, numbers)))
                score[records] += weight * WINDOW_WEIGHT * best
        return score

    def _match_range(self, node: grammar.Range) -> Array:
        """Return a mask of the records with a date in a range. Of a record, only the year may be known."""
        records, codes, values = self.snapshot.column(node.field)
        last = node.last or "9999"
        is_within = [node.first[: len(value)] <= value <= last[: len(value)] for value in values]
        mask = np.zeros(self.snapshot.count, bool)
        mask[records[np.array(is_within, bool)[codes]]] = True
        return mask

    def _idf(self, count: int) -> np.float64:
        """Return the inverse document frequency of a term that `count` records have."""
        return np.float64(np.log(1 + (self.snapshot.size - count + 0.5) / (count + 0.5)))

    def _match_word(self, word: grammar.Word) -> Match:
        """Match a word. A year also matches the records of that year."""
        more = [{YEAR_FIELD: YEAR_WEIGHT}] if not word.field and YEAR.fullmatch(word.text) else []
        return self._match_leaf(word.field, lambda name: self._postings(name, _terms_of(name, word.text)), *more)

    def _match_leaf(self, field: str, find_postings: Callable[[str], Postings], *more: Mapping[str, float]) -> Match:
        """Match what `find_postings(field)` finds, in one field or in all default ones and in `more` groups of them."""
        mask, score = np.zeros(self.snapshot.count, bool), np.zeros(self.snapshot.count, "f4")
        groups = [{("dialogue_title" if field == "dialogue" else field): 1.0}] if field else [*FIELD_GROUPS, *more]
        for fields in groups:
            weighted = np.zeros(self.snapshot.count, "f4")
            for name, weight in fields.items():
                records, counts = find_postings(name)
                if len(records):
                    b = B.get(name, DEFAULT_B)
                    length = self.snapshot.lengths(name)[records]
                    np.add.at(weighted, records, weight * counts / (1 - b + b * length))
            found = weighted > 0
            if number := int(np.count_nonzero(found)):
                mask |= found
                score += (self._idf(number) * weighted * (K1 + 1) / (K1 + weighted)).astype("f4")
        return mask, score

    def _postings(self, field: str, terms: Iterable[bytes]) -> Postings:
        """Return the postings of all terms together; a record may occur more than once."""
        found = []
        for term in terms:
            self.check_time()
            found.append(self.snapshot.postings(field, term))
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
        """Return where the words of a phrase follow one another in a field, as they are spelled or in any form."""
        if field in NAME_FIELDS:
            between = MAX_BETWEEN_NAMES if phrase.field else 0
            places = [self._starts(field, [fold(word).encode()], 0) for word in phrase.words]
            keys = reduce(lambda one, other: _followed(one, other, between + 1), places)
        else:
            keys = self._phrase_starts(field, _exact_words(phrase), in_any_form=phrase.in_any_form)
            if phrase.is_compound:
                keys = joined([keys, self._starts(field, _terms_of(field, "".join(phrase.words)), 0)])
        return np.unique((keys >> 32).astype("u4"), return_counts=True)

    def _phrase_starts(self, field: str, words: Sequence[tuple[str, int]], *, in_any_form: bool = False) -> Array:
        """Return where words, each with its offset, follow one another, as record * 2^32 + position of the start."""
        starts = None
        for word, offset in sorted(words, key=lambda pair: self._frequency(field, pair[0])):
            if starts is None or len(starts):
                is_exact = not in_any_form or is_stop_word(word)  # the index has no forms of stop words
                found = self._exact_places(field, word) if is_exact else self._starts(field, _terms_of(field, word), 0)
                found = found - offset
                starts = found if starts is None else _intersection(*sorted((starts, found), key=len))
        return np.empty(0, "i8") if starts is None else starts

    def _frequency(self, field: str, word: str) -> int:
        return sum(len(self.snapshot.postings(field, term)[0]) for term in _exact_terms(word))

    def _exact_places(self, field: str, word: str) -> Array:
        """Return where a word occurs in this spelling, in any language, as record * 2^32 + position."""
        form = exact(word).encode()
        found = []
        for term in _exact_terms(word):
            self.check_time()
            if len(places := self.snapshot.positions(field, term, form)):
                found.append(places)
        return joined(found)

    def _starts(self, field: str, terms: Iterable[bytes], offset: int) -> Array:
        """Return where a phrase would start if one of the terms is `offset` positions after its start."""
        self.check_time()
        return joined([self.snapshot.positions(field, term) for term in terms]) - offset


def _terms_of(field: str, word: str) -> list[bytes]:
    """Return the terms of a field by which it may hold a word."""
    return [term.encode() for term in ({fold(word)} if field in NAME_FIELDS else query_terms(word))]


def _exact_terms(word: str) -> list[bytes]:
    """Return the terms by which a text may hold a word, as a stem in some language or as a stop word in another."""
    return [term.encode() for term in (*query_terms(word), exact_term(exact(word)))]


def _exact_words(phrase: grammar.Phrase) -> list[tuple[str, int]]:
    """Return the words of a phrase with their offsets from its start; Chinese is compared by pairs of characters."""
    words, offset = [], 0
    for word in phrase.words:
        if languages_of(word) == ("zh",):
            words += [(term, offset + at) for term, at in han_ngrams(word) if len(term) == min(2, len(word))]
            offset += len(word)
        else:
            words.append((word, offset))
            offset += 1
    return words


def _followed(starts: Array, others: Array, distance: int) -> Array:
    """Return the first of `others` after each of `starts`, where it is at most `distance` positions away."""
    if not len(starts) or not len(others):
        return np.empty(0, "i8")
    at = np.searchsorted(others, starts, side="right")
    following = others[np.minimum(at, len(others) - 1)]
    is_near = (at < len(others)) & (following - starts <= distance)
    return np.unique(following[is_near])


def _intersection(few: Array, many: Array) -> Array:
    """Return the elements that two sorted arrays share."""
    if not len(many):
        return many
    at = np.minimum(np.searchsorted(many, few), len(many) - 1)
    return few[many[at] == few]


def _union(left: Match, right: Match) -> Match:
    return left[0] | right[0], left[1] + right[1]
