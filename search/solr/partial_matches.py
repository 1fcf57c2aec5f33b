"""Partial matches: records that have most words of a query, or a few of them close together."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Any

from search import grammar
from search.engine_api import EngineQuery
from search.ranking import (
    BEST_PARTIAL,
    BEST_SHARE,
    LEAST_SHARE,
    LEAVES,
    MAX_PARTIAL_WEIGHT,
    MIN_WORDS_FOR_PARTIAL,
    PARTIAL_SHARE,
)

from .queries import Queries, named
from .scoring import Scorer, number, total

BEST_PARTIAL_SHARE = 0.35  # of the weight of a query's words that the best partial matches must have at least


@dataclass(frozen=True)
class Partial:
    """The partial matches of a query.

    `most` and `best` are names of queries. A record scores the sum of the functions `summands`. The records `near` are
    as good as one with all words.
    """

    most: tuple[str, ...] = ()  # matches where few records have all words
    best: tuple[str, ...] = ()
    summands: tuple[str, ...] = ()
    near: tuple[str, ...] = ()  # ids


class PartialMatches:
    """The partial matches of one query.

    A record that has all parts scores more. One that has nearly all of them close together may still score higher than
    one that has all of them far apart. The BEST_PARTIAL that score best need only two parts: in a long query, few words
    that are close together tell more than most of them far apart.
    """

    def __init__(self, scorer: Scorer, query: EngineQuery) -> None:
        self.scorer, self.queries = scorer, scorer.queries
        self.tree, self.wider = query.tree, query.wider

    def prepare(self) -> None:
        """Note all numbers that may be needed, whichever parts there will be."""
        if not isinstance(self.tree, grammar.And):
            return
        for part, own in self._parts_with_own():
            for one in (part, *own):
                self.scorer.statistics.count(self.queries.matching(one))
        for some in (self._parts(is_known=lambda own: True), self._parts(is_known=lambda own: False)):
            self.scorer.summands_of_parts(some)
        self.scorer.full_match_bonus(self.tree.parts)

    @cached_property
    def parts(self) -> list[grammar.Node]:
        """The parts of the tree; where no record has the words of a term, all terms of its concept as one part."""
        return self._parts(is_known=lambda own: self._count(own) > 0)

    def _parts(self, is_known: Callable[[grammar.Node], bool]) -> list[grammar.Node]:
        parts: list[grammar.Node] = []
        for part, own in self._parts_with_own():
            parts += own if own and is_known(_joined(own)) else [part]
        return parts

    def _parts_with_own(self) -> Iterator[tuple[grammar.Node, tuple[grammar.Node, ...]]]:
        """Yield each part of the wider tree with the reader's own words for which it has other terms, if any."""
        own_parts = self.tree.parts if isinstance(self.tree, grammar.And) else ()
        for part in self.wider.parts if isinstance(self.wider, grammar.And) else own_parts:
            if part in own_parts or not isinstance(part, grammar.Or):
                yield part, ()
            else:
                own = part.parts[0]
                yield part, own.parts if isinstance(own, grammar.And) else (own,)

    @cached_property
    def required(self) -> list[grammar.Node]:
        """The parts of which most must match."""
        own_parts = self.tree.parts if isinstance(self.tree, grammar.And) else ()
        leaves = [part for part in self.parts if isinstance(part, LEAVES) or part not in own_parts]
        return [part for part in leaves if not getattr(part, "is_common", False)]

    @property
    def are_possible(self) -> bool:
        """Whether the tree has enough parts to leave one out."""
        return isinstance(self.tree, grammar.And) and len(self.required) >= MIN_WORDS_FOR_PARTIAL

    def ask(self, ask: Callable[[Mapping[str, Any]], dict[str, Any]], own: str, visible: str) -> Partial:
        """Ask for the best partial matches and the bounds of the others."""
        tree, scorer, queries = self.tree, self.scorer, self.queries
        assert isinstance(tree, grammar.And)  # noqa: S101  as are_possible says
        counts = [self._count(part) for part in self.required]
        weights = [min(scorer.statistics.idf(count), MAX_PARTIAL_WEIGHT) if count else 0 for count in counts]
        names = [queries.matching(part) for part in self.required]
        weight = total(queries.where(name, number(one)) for name, one in zip(names, weights, strict=True) if one)
        summands = (*scorer.summands_of_parts(self.parts), queries.where(own, scorer.full_match_bonus(tree.parts)))
        if not sum(weights):
            return Partial(summands=summands)
        others = [queries.matching(part) for part in tree.parts if not isinstance(part, LEAVES)]
        enough = queries.all([_at_least(queries, BEST_PARTIAL_SHARE * sum(weights), weight), *others])
        # Solr parses a function again wherever it is named. As the score of the query, it is named once.
        answer = ask({
            "q": "{!func v=$several}",
            "fq": [named(enough), named(visible)],
            "rows": BEST_PARTIAL,
            "fl": "id,score",
            "parts": total(queries.where(name, "1") for name in names),
            "exact": total(summands),
            "weight": weight,
            "several": "if(gt($parts,1),$exact,0)",
            "sort": "score desc,id asc",
            "json.facet": json.dumps({
                "most": "max($weight)",
                "own": {"type": "query", "q": named(own), "facet": {"lowest": "min($exact)"}},
            }),
            **queries.params,
        })  # fmt: skip
        best = [one for one in answer["response"]["docs"] if one["score"] > 0]
        most, bounds = answer["facets"].get("most") or 0, answer["facets"].get("own") or {}
        share = min(max(BEST_SHARE * most, LEAST_SHARE * sum(weights)), PARTIAL_SHARE * sum(weights))
        return Partial(
            most=(queries.all([_at_least(queries, share, weight), *others]),),
            best=(queries.terms("id", [one["id"] for one in best]),) if best else (),
            summands=summands,
            near=tuple(one["id"] for one in best if one["score"] > bounds.get("lowest", inf)),
        )

    def _count(self, part: grammar.Node) -> int:
        return self.scorer.statistics.count(self.queries.matching(part))


def _joined(parts: tuple[grammar.Node, ...]) -> grammar.Node:
    return grammar.And(parts) if len(parts) > 1 else parts[0]


def _at_least(queries: Queries, bound: float, function: str) -> str:
    """Match records for which a function is at least a bound, allowing for rounding."""
    return queries.add(f"{{!frange l={bound * 0.99999:.7g}}}{function}")
