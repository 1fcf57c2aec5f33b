"""What records score, as functions that Solr evaluates for each record that matches.

The scores are those of the embedded engine (search/engine/matching.py), BM25F with more for words that are close
together, where Solr offers what they need. A phrase counts as often as the rarest of its words, and for neighbours and
passages it only counts whether the words are close.

The portal first asks how rare each word is, and writes that into the function as a number. So hidden and deleted
records never count, and all shards and replicas score alike.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import combinations, pairwise
from math import log

from search import grammar
from search.analysis import query_terms
from search.fields import NAME_FIELDS, PROXIMITY_FIELDS, YEAR_FIELD, groups_of
from search.ranking import (
    COMMON_WEIGHT,
    DEFAULT_B,
    FULL_MATCH_BONUS,
    HEADING_BONUS,
    K1,
    MAX_DISTANCE,
    MIN_WINDOW_SHARE,
    MIN_WORDS_FOR_WINDOWS,
    PAIR_B,
    WINDOW_WEIGHT,
    B,
)

from .documents import exact_form, name_term, text_term
from .queries import Queries

MAX_WORDS_FOR_WINDOWS = 4  # the rarest ones, as each pair has to be looked for
CLOSE = MAX_DISTANCE - 1  # words between two that are close
WINDOW = 80  # words between two that are in one passage

ZERO = "0"


@dataclass
class Statistics:
    """The numbers of records, which a request asks for: of all, and of those that match each query by name."""

    size: int = 1
    counts: Mapping[str, int] = field(default_factory=dict)
    lengths: Mapping[str, float] = field(default_factory=dict)  # {field: the mean number of words where it has any}
    wanted: dict[str, None] = field(default_factory=dict)  # the names of queries that were counted, or will be

    def count(self, name: str) -> int:
        self.wanted[name] = None
        return self.counts.get(name, 0)

    def idf(self, count: int) -> float:
        """Return the inverse document frequency of what `count` records have."""
        return log(1 + (self.size - count + 0.5) / (count + 0.5))


class Scorer:
    """Writes the functions of trees from known numbers, and notes which ones it needs in `statistics.wanted`."""

    def __init__(self, queries: Queries, statistics: Statistics) -> None:
        self.queries, self.statistics = queries, statistics

    def summands(self, node: grammar.Node | None) -> list[str]:
        """Return the functions whose sum is the score of a tree."""
        match node:
            case grammar.And(parts):
                return self.summands_of_parts(parts)
            case grammar.Or(parts):
                return [one for part in parts for one in self.summands(part)]
            case grammar.Word() | grammar.Prefix() | grammar.Phrase():
                found = total(self._in_group(group, node) for group in groups_of(node))
                is_common = isinstance(node, grammar.Word) and node.is_common
                return [scaled(COMMON_WEIGHT, found) if is_common else found]
        return []

    def summands_of_parts(self, parts: Sequence[grammar.Node]) -> list[str]:
        """Return the functions whose sum is the score of parts of which some may be missing."""
        return [*(one for part in parts for one in self.summands(part)), *self._proximity(parts)]

    def idf_of(self, name: str) -> float:
        """Return the inverse document frequency of a query, by its name."""
        return self.statistics.idf(self.statistics.count(name))

    def full_match_bonus(self, parts: Iterable[grammar.Node]) -> str:
        """Return what a record scores more than a partial match if it has all parts.

        Words in its heading, and its year, hold for all its passages: they are not far from the others.
        """
        found = [number(FULL_MATCH_BONUS)]
        for part in parts:
            if isinstance(part, grammar.Word) and not part.is_common and not part.field:
                weight = HEADING_BONUS * self.idf_of(self.queries.matching(part))
                fields = [name for group in groups_of(part) for name in group if name not in PROXIMITY_FIELDS]
                heading = self.queries.either(self.queries.in_field(name, part) for name in fields)
                found.append(self.queries.where(heading, number(weight)))
        return total(found)

    def _in_group(self, group: Mapping[str, float], leaf: grammar.Leaf) -> str:
        """Return BM25F of a leaf in fields whose occurrences are damped together; nothing where no record has it."""
        name = self.queries.either(self.queries.in_field(one, leaf) for one in group)
        if not self.statistics.count(name):
            return ZERO
        weighted = total(
            scaled(weight, f"div({self._occurrences(one, leaf)},{self._length(one, B.get(one, DEFAULT_B))})")
            for one, weight in group.items()
        )
        return damped(self.idf_of(name), weighted)

    def _length(self, name: str, b: float) -> str:
        """Return the divisor of the occurrences in a field: more than 1 if it is longer than usual."""
        mean = self.statistics.lengths.get(name, 0)
        return f"sum({1 - b:.4g},product({b / mean:.6g},def(field({name}_length),0)))" if mean and b else "1"

    def _occurrences(self, name: str, leaf: grammar.Leaf) -> str:
        """Return how often a leaf occurs in a field, as far as that is known."""
        if isinstance(leaf, grammar.Word) and name != YEAR_FIELD:
            terms = [name_term(leaf.text)] if name in NAME_FIELDS else map(text_term, sorted(query_terms(leaf.text)))
            return total(frequency(name, term) for term in terms)
        once = self.queries.where(self.queries.in_field(name, leaf), "1")
        if not isinstance(leaf, grammar.Phrase) or leaf.in_any_form or name in NAME_FIELDS or leaf.is_compound:
            return once
        rarest = reduce(
            lambda one, other: f"min({one},{other})", (frequency(name, exact_form(one)) for one in leaf.words)
        )
        return self.queries.where(self.queries.in_field(name, leaf), f"max(1,{rarest})")

    def _proximity(self, parts: Iterable[grammar.Node]) -> list[str]:
        """Return what adds to the score of records in which words of a query are close together."""
        words = [
            part.text for part in parts if isinstance(part, grammar.Word) and not part.field and not part.is_common
        ]
        found: list[str] = []
        for name, weight in PROXIMITY_FIELDS.items() if len(words) > 1 else ():
            for left, right in pairwise(words):
                close = self.queries.near(name, [left, right], CLOSE)
                if self.statistics.count(close):
                    times = f"div(1,{self._length(name, PAIR_B)})"
                    found.append(self.queries.where(close, damped(weight * self.idf_of(close), times)))
            if len(words) >= MIN_WORDS_FOR_WINDOWS:
                found.append(self._passage(name, weight, words))
        return found

    def _passage(self, name: str, weight: float, words: Sequence[str]) -> str:
        """Return the score of the best passage: one word with the words near it."""
        idfs = {word: self.idf_of(self.queries.in_field(name, grammar.Word(word))) for word in words}
        rarest = sorted(idfs, key=lambda word: -idfs[word])[:MAX_WORDS_FOR_WINDOWS]
        near: dict[str, list[str]] = {word: [] for word in rarest}
        for one, other in combinations(rarest, 2):
            both = self.queries.near(name, [one, other], WINDOW)
            if self.statistics.count(both):
                near[one].append(self.queries.where(both, number(idfs[other])))
                near[other].append(self.queries.where(both, number(idfs[one])))
        best = [f"sum({number(idfs[word])},{total(found)})" for word, found in near.items() if found]
        if not best:
            return ZERO
        share = f"div({highest(best)},{number(sum(idfs.values()))})"
        return scaled(weight * WINDOW_WEIGHT * sum(idfs.values()), f"product({share},sum({MIN_WINDOW_SHARE},{share}))")


def number(value: float) -> str:
    """Return a number as functions have it."""
    return f"{value:.6g}"


def total(parts: Iterable[str]) -> str:
    """Return the sum of functions."""
    some = [part for part in parts if part != ZERO]
    return f"sum({','.join(some)})" if len(some) > 1 else (some[0] if some else ZERO)


def scaled(factor: float, function: str) -> str:
    """Return a function times a number."""
    return function if factor == 1 or function == ZERO else f"product({number(factor)},{function})"


def damped(idf: float, weighted: str) -> str:
    """Return the score of weighted occurrences; each further one counts less."""
    return scaled(idf * (K1 + 1), f"sub(1,div({K1},sum({K1},{weighted})))")


def frequency(name: str, term: str) -> str:
    """Return how often a term is in a field; no term has a quotation mark."""
    return f"termfreq({name},'{term}')"


def highest(functions: Sequence[str]) -> str:
    """Return the highest of some functions."""
    return f"max({','.join(functions)})" if len(functions) > 1 else functions[0]
