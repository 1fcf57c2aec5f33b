"""Match a tree against a snapshot: find the records that match, and score them.

Scores are BM25F (Robertson and Zaragoza, 2009). The occurrences of a word in each field are weighted by the field and
set against its length. Within a group of fields they are damped only once they are summed. Each group has a score of
its own, so that a country's statement ranks above statements that often name the country.

Words of a query that are close together in the text add to the score: two neighbours that are side by side, and all
words that are in one passage.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property, reduce
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from search import grammar
from search.analysis import LANGUAGES, exact, query_terms, terms_by_language
from search.engine_api import QueryTimeoutError
from search.fields import HEADING_FIELDS, NAME_FIELDS, PROXIMITY_FIELDS, groups_of
from search.ranking import (
    BEST_PARTIAL,
    BEST_SHARE,
    COMMON_WEIGHT,
    DEFAULT_B,
    FULL_MATCH_BONUS,
    HEADING_BONUS,
    K1,
    LEAST_SHARE,
    LEAVES,
    MAX_BETWEEN_NAMES,
    MAX_DISTANCE,
    MAX_PARTIAL_WEIGHT,
    MIN_WINDOW_SHARE,
    MIN_WORDS_FOR_PARTIAL,
    MIN_WORDS_FOR_WINDOWS,
    PAIR_B,
    PARTIAL_SHARE,
    WINDOW_WEIGHT,
    B,
)
from text.words import is_stop_word, languages_ignoring

from .places import PhraseWord, SegmentField, best_windows, close_postings, phrase_postings, series_postings
from .query_words import exact_terms, exact_words, terms_of
from .reader import Array, Postings
from .snapshot import Snapshot

MAX_EXPANSIONS = 200  # words that a prefix stands for, the most frequent ones
BEST_PARTIAL_SHARE = 0.2  # of the weight of a query's words that the best partial matches must have at least
TIME_LIMIT = 2.0  # seconds of processor time for one query

Match: TypeAlias = tuple[Array, Array]  # (mask, score), each with an element for every record of the snapshot
PartialMatch: TypeAlias = tuple[Array, Array, Array]  # (mask, score, mask of the best)


class Matcher:
    """Matches trees against one snapshot, within TIME_LIMIT from its creation, in the thread that created it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.deadline, self.earliest = time.thread_time() + TIME_LIMIT, time.monotonic() + TIME_LIMIT
        self._matches: dict[grammar.Node, Match] = {}
        self._possible: dict[tuple[str, ...], Array] = {}  # {languages: records with text that may be in one of them}

    def check_time(self) -> None:
        """Raise QueryTimeoutError if the query has used its time. Waiting for a busy machine does not count."""
        # Wall time is never less than processor time, and takes less time to read.
        if time.monotonic() > self.earliest and time.thread_time() > self.deadline:
            raise QueryTimeoutError

    def match(self, node: grammar.Node) -> Match:
        """Return the mask and the scores of a tree, which may not be changed. Raise QueryTimeoutError."""
        if node not in self._matches:  # several trees of a query have the same words
            self._matches[node] = self._match(node)
        return self._matches[node]

    def _match(self, node: grammar.Node) -> Match:
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
                return self._match_leaf(node, lambda name: self._postings(name, self._expansions(name, text)))
            case grammar.Phrase():
                return self._match_leaf(node, lambda name: self._phrase_postings(name, node))
            case grammar.Range():
                return self._match_range(node), np.zeros(self.snapshot.count, "f4")
        raise TypeError(node)

    def match_most(self, tree: grammar.Node, wider: grammar.Node | None = None) -> PartialMatch | None:
        """Return the match of records that have most parts of an And, and none that it excludes.

        A record that has all parts scores FULL_MATCH_BONUS more. One that has nearly all of them in one passage may
        still score higher than one that has all of them far apart. The BEST_PARTIAL that score best are in the last
        mask, and need only two parts: in a long query, few words that are close together tell more than most of them
        far apart. Return None if the tree has too few parts to leave one out.

        Words that no record has are replaced by other terms in `wider`.
        """
        if not isinstance(tree, grammar.And):
            return None
        parts = self._known_parts(tree, wider)
        leaves = [part for part in parts if isinstance(part, LEAVES) or part not in tree.parts]
        required = [part for part in leaves if not getattr(part, "is_common", False)]
        if len(required) < MIN_WORDS_FOR_PARTIAL:
            return None
        masks = [self.match(part)[0] for part in required]
        counts = [int(np.count_nonzero(mask)) for mask in masks]
        weights = [min(self._idf(count), MAX_PARTIAL_WEIGHT) if count else 0 for count in counts]
        weight = reduce(np.add, (mask * weight for mask, weight in zip(masks, weights, strict=True)))
        has_all, score = (
            self.match(tree) if parts == list(tree.parts) else (self.match(tree)[0], self._match_all(parts)[1])
        )
        score = score + np.where(has_all, self._full_match_bonus(tree.parts), np.float32(0))
        share = max(BEST_SHARE * weight.max(initial=0), LEAST_SHARE * sum(weights))
        has_most = (weight > 0) & (weight >= min(share, PARTIAL_SHARE * sum(weights)))
        is_best = (weight >= BEST_PARTIAL_SHARE * sum(weights)) & (np.sum(masks, axis=0) > 1)
        for part in tree.parts:
            if not isinstance(part, LEAVES):
                has_most, is_best = has_most & self.match(part)[0], is_best & self.match(part)[0]
        if np.count_nonzero(is_best) > BEST_PARTIAL:
            is_best &= score >= np.partition(score[is_best], -BEST_PARTIAL)[-BEST_PARTIAL]
        return has_all | has_most | is_best, score, is_best

    def _known_parts(self, tree: grammar.And, wider: grammar.Node | None) -> list[grammar.Node]:
        """Return the parts of a tree; where no record has the words of a term, all terms of its concept as one part."""
        parts: list[grammar.Node] = []
        for part in wider.parts if isinstance(wider, grammar.And) else tree.parts:
            if part in tree.parts or not isinstance(part, grammar.Or):
                parts.append(part)
                continue
            own = part.parts[0]
            is_known = bool(self.match(own)[0].any())
            parts += (own.parts if isinstance(own, grammar.And) else [own]) if is_known else [part]
        return parts

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
        return np.logical_or.reduce([*masks, self._without_language] if "en" in languages else masks)

    def _with_texts_in(self, languages: Iterable[str]) -> Array:
        """Return a mask of the records that are in one of some languages, or have any text in one of them."""
        masks = (self.snapshot.records_with("text_language", language) for language in languages)
        return np.logical_or.reduce([self._in_languages(languages), self._without_language, *masks])

    @cached_property
    def _without_language(self) -> Array:
        mask = np.ones(self.snapshot.count, bool)
        mask[self.snapshot.column("language")[0]] = False
        return mask

    def _proximity_score(self, parts: Iterable[grammar.Node]) -> Array:
        """Return the additional scores of records in which words of a query are close together."""
        words = [part for part in parts if isinstance(part, grammar.Word) and not part.field and not part.is_common]
        score = np.zeros(self.snapshot.count, "f4")
        if len(words) < 2:
            return score
        for field, weight in PROXIMITY_FIELDS.items():
            terms = [terms_of(field, word.text) for word in words]
            lengths, segments = self.snapshot.lengths(field), SegmentField.of(self.snapshot, field)
            for left, right in pairwise(terms):
                records, counts = close_postings(self.snapshot, segments, left, right, MAX_DISTANCE, self.check_time)
                counts = counts / (1 - PAIR_B + PAIR_B * lengths[records])
                score[records] += weight * self._idf(len(records)) * counts * (K1 + 1) / (K1 + counts)
            if len(words) >= MIN_WORDS_FOR_WINDOWS:
                numbers = (sum(len(records) for records, _ in self._postings(field, one)) for one in terms)
                weights = list(map(self._idf, numbers))
                best = best_windows(self.snapshot, segments, terms, weights, self.check_time)
                score += (weight * WINDOW_WEIGHT * best * (MIN_WINDOW_SHARE + best / sum(weights))).astype("f4")
        return score

    def _full_match_bonus(self, parts: Iterable[grammar.Node]) -> Array:
        """Return what each record scores more than a partial match if it has all parts.

        Words in its heading hold for all its passages: they are not far from the others.
        """
        bonus = np.full(self.snapshot.count, FULL_MATCH_BONUS, "f4")
        for part in parts:
            if isinstance(part, grammar.Word) and not part.is_common and not part.field:
                weight = HEADING_BONUS * self._idf(int(np.count_nonzero(self.match(part)[0])))
                found = [records for name in HEADING_FIELDS for records, _ in self._word_postings(name, part.text)]
                bonus[np.unique(np.concatenate(found))] += weight
        return bonus

    def _match_range(self, node: grammar.Range) -> Array:
        """Return a mask of the records with a date in a range. Some records have only a year."""
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
        """Match a word. Where a common word counts, it is in a name."""
        mask, score = self._match_leaf(word, lambda name: self._word_postings(name, word.text))
        return mask, score * np.float32(COMMON_WEIGHT) if word.is_common else score

    def _match_leaf(self, leaf: grammar.Leaf, find_postings: Callable[[str], Sequence[Postings]]) -> Match:
        """Match what `find_postings(field)` finds in the fields of a leaf."""
        mask, score = np.zeros(self.snapshot.count, bool), np.zeros(self.snapshot.count, "f4")
        for fields in groups_of(leaf):
            postings = [(name, found) for name in fields for found in find_postings(name) if len(found[0])]
            if not postings:  # as for most words in names and titles
                continue
            weighted = np.zeros(self.snapshot.count, "f4")
            for name, (records, counts) in postings:
                b, length = B.get(name, DEFAULT_B), self.snapshot.lengths(name)[records]
                weighted[records] += fields[name] * counts / (1 - b + b * length)
            at = np.flatnonzero(weighted)
            some = weighted[at]
            mask[at] = True
            score[at] += (self._idf(len(at)) * some * (K1 + 1) / (K1 + some)).astype("f4")
        return mask, score

    def _word_postings(self, field: str, word: str) -> list[Postings]:
        """Return the postings of each term of a word. The stem that it has in one language finds no text in another."""
        if field in NAME_FIELDS:
            return self._postings(field, terms_of(field, word))
        found = []
        for term, languages in terms_by_language(word):
            (records, counts) = self._postings(field, [term.encode()])[0]
            if len(records) and len(languages) < len(LANGUAGES):
                if languages not in self._possible:
                    self._possible[languages] = self._with_texts_in(languages)
                is_possible = self._possible[languages][records]
                if not is_possible.all():
                    records, counts = records[is_possible], counts[is_possible]
            found.append((records, counts))
        return found

    def _postings(self, field: str, terms: Iterable[bytes]) -> list[Postings]:
        """Return the postings of each term."""
        found = []
        for term in terms:
            self.check_time()
            found.append(self.snapshot.postings(field, term))
        return found

    def _expansions(self, field: str, prefix: str) -> Iterable[bytes]:
        """Return the terms of a field for the MAX_EXPANSIONS most frequent words with a prefix."""
        words = self.snapshot.terms_with_prefix(field if field in NAME_FIELDS else "spelling", prefix.encode())
        frequent = sorted(words, key=lambda word: words[word], reverse=True)[:MAX_EXPANSIONS]
        if field in NAME_FIELDS:
            return frequent
        return {term.encode() for word in frequent for term in query_terms(word.decode())}

    def _phrase_postings(self, field: str, phrase: grammar.Phrase) -> list[Postings]:
        """Return where the words of a phrase follow one another in a field, as they are spelled or in any form."""
        if field in NAME_FIELDS:
            distance = 1 + (MAX_BETWEEN_NAMES if phrase.field else 0)
            names = [terms_of(field, word) for word in phrase.words]
            return [series_postings(self.snapshot, field, names, distance, self.check_time)]
        words = []
        for word, offset in exact_words(phrase):
            if phrase.in_any_form and not is_stop_word(word):  # the index has no forms of stop words
                words.append(PhraseWord(terms_of(field, word), offset))
            else:
                words.append(PhraseWord(exact_terms(word), offset, exact(word).encode()))
        found = [phrase_postings(self.snapshot, field, words, self.check_time)]
        return found + (self._postings(field, terms_of(field, "".join(phrase.words))) if phrase.is_compound else [])


def _union(left: Match, right: Match) -> Match:
    return left[0] | right[0], left[1] + right[1]
