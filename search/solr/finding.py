"""Run one query: ask how rare its words are, then how good partial matches are if needed, then for the records."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from search import grammar
from search.engine_api import EngineQuery, EngineResult
from search.fields import FACET_FIELDS, NAME_FIELDS, TEXT_FIELDS
from search.ranking import FEW_MATCHES, KINDS, OWN_LANGUAGE, SPEAKER_NAMED, SPEAKER_NOT_NAMED

from .partial_matches import Partial, PartialMatches
from .queries import EVERY, Queries, named
from .scoring import Scorer, Statistics, total

# More than any score: matches of the reader's own words come first, then those of other terms, then partial ones. It is
# smaller than that of the embedded engine, because Solr's scores have 24 bits.
TIER = 4096
NEWEST = "date desc,label asc,number asc"
ORDERS = {
    "date": NEWEST,
    "published": f"published desc,{NEWEST}",
    "title": f"sort_title asc,{NEWEST}",
    "organization": f"sort_organization asc,{NEWEST}",
}

Ask: TypeAlias = Callable[[Mapping[str, Any]], dict[str, Any]]


class Finder:
    """Answers one query with a few requests."""

    def __init__(self, ask: Ask, query: EngineQuery) -> None:
        self.ask, self.query, self.queries = ask, query, Queries()
        self.own = self.queries.matching(query.tree)
        self.full = self.queries.either([self.own, self.queries.matching(query.wider)] if query.wider else [self.own])
        self.other = self.queries.all([self.full], [self.own]) if query.wider else ""
        self.visible = visible(self.queries, query.excluded_ids)

    def find(self) -> EngineResult:
        """Return what the engine found."""
        query, mask, sort = self.query, self.full, ORDERS.get(self.query.sort, NEWEST)
        functions: dict[str, str] = {}
        is_ranked = query.tree is not None and query.sort == "relevance"
        if is_ranked or query.allow_partial:
            scorer = self._scorer()
            partial = self._partial(scorer) if query.allow_partial else Partial()
            few = scorer.statistics.counts[self.full] < FEW_MATCHES
            mask = self.queries.either([self.full, *(partial.most if few else []), *partial.best])
            functions = self._functions(scorer, partial)
        if is_ranked:
            sort = f"score desc,{NEWEST}"
        elif query.wider:
            functions["rank"] = f"if(exists(query(${self.other})),{TIER},0)"
            sort = sort if query.sort == "published" else f"score asc,{sort}"
        return self._result(mask, sort, functions)

    def _scorer(self) -> Scorer:
        """Return a scorer that has the numbers for its functions."""
        statistics = Statistics()
        planner = Scorer(self.queries, statistics)
        planner.summands(self.query.tree)
        planner.summands(self.query.wider)
        if self.query.allow_partial:
            PartialMatches(planner, self.query).prepare()
        statistics.count(self.full)
        return Scorer(self.queries, measured(self.ask, self.queries, self.visible, statistics.wanted))

    def _partial(self, scorer: Scorer) -> Partial:
        matches = PartialMatches(scorer, self.query)
        return matches.ask(self.ask, self.own, self.visible) if matches.are_possible else Partial()

    def _functions(self, scorer: Scorer, partial: Partial) -> dict[str, str]:
        """Return the rank of a record. Near partial matches are as good as a full one.

        Solr parses a function again wherever it is named, and a long one takes it milliseconds. So the summands of the
        reader's own words and of the wider query, most of which are the same, are written once.
        """
        first = self.queries.either([self.own, *([self.queries.terms("id", partial.near)] if partial.near else [])])
        tier = self.queries.where(first, f"{2 * TIER}", self.queries.where(self.full, f"{TIER}"))
        exact = Counter(partial.summands or scorer.summands(self.query.tree))
        wider = Counter(scorer.summands(self.query.wider)) if self.query.wider else exact
        score = total((exact & wider).elements())
        if exact != wider:
            by_wider = self.queries.all([self.full], [first])
            others, own = total((wider - exact).elements()), total((exact - wider).elements())
            score = total([score, self.queries.where(by_wider, others, own)])
        return {"words": score, "factor": self._factor(), "rank": f"sum({tier},product($words,$factor))"}

    def _factor(self) -> str:
        """Return the factor of a record's score for its language and kind."""
        queries, where = self.queries, self.queries.where
        leaves = [leaf for leaf in grammar.positive_leaves(self.query.tree) if not leaf.field]
        named = queries.either(queries.matching(replace(leaf, field="speaker")) for leaf in leaves)
        own_language = where(queries.value("language", self.query.language), f"{OWN_LANGUAGE}", "1")
        speaker = where(named, f"{SPEAKER_NAMED}", f"{SPEAKER_NOT_NAMED}")
        kinds = [where(queries.value("kind", kind), f"{factor}", "1") for kind, factor in KINDS.items()]
        return f"product({own_language},{where(queries.value('kind', 'speaker'), speaker, '1')},{','.join(kinds)})"

    def _result(self, mask: str, sort: str, functions: Mapping[str, str]) -> EngineResult:
        query, queries, other = self.query, self.queries, self.other
        filters = [f"{{!term f={name} tag={name} v=$only_{name}}}" for name in query.filters]
        counted = [self.full, other] if other else [self.full]
        marked = f",other:{queries.where(other, '1')}" if other else ""
        answer = self.ask({
            **{f"only_{name}": value for name, value in query.filters.items()},
            **functions,
            "q": "{!func v=$rank}" if "rank" in functions else named(mask),
            "fq": [named(mask), named(self.visible), *filters],
            "sort": sort,
            "start": query.start,
            "rows": max(0, query.stop - query.start),
            "fl": f"id,score{marked}",
            "distrib.singlePass": "true",
            "facet": "true",
            "facet.query": [f"{{!query key={name} v=${name}}}" for name in counted],
            "json.facet": json.dumps({name: _counted(name, query.filters) for name in FACET_FIELDS}),
            **queries.params,
        })  # fmt: skip
        found, numbers = answer["response"], answer["facet_counts"]["facet_queries"]
        return EngineResult(
            total=found["numFound"],
            full_matches=numbers[self.full],
            other_matches=numbers[other] if other else 0,
            ids=tuple(one["id"] for one in found["docs"]),
            other_ids=frozenset(one["id"] for one in found["docs"] if one.get("other")),
            facet_counts={name: _values(answer["facets"].get(name)) for name in FACET_FIELDS},
        )


def visible(queries: Queries, excluded_ids: Iterable[str]) -> str:
    """Match all records but those with these ids."""
    excluded = list(excluded_ids)
    return queries.all([EVERY], [queries.terms("id", excluded)]) if excluded else EVERY


def measured(ask: Ask, queries: Queries, shown: str, wanted: Iterable[str]) -> Statistics:
    """Return how many records are visible, how many of them match each query, and how long fields are."""
    answer = ask({
        "q": named(shown),
        "rows": 0,
        "facet": "true",
        "facet.query": [f"{{!query key={name} v=${name}}}" for name in wanted],
        "json.facet": json.dumps({name: f"avg({name}_length)" for name in (*TEXT_FIELDS, *NAME_FIELDS)}),
        **queries.params,
    })  # fmt: skip
    lengths = {name: answer["facets"].get(name) or 0 for name in (*TEXT_FIELDS, *NAME_FIELDS)}
    return Statistics(answer["response"]["numFound"], answer["facet_counts"]["facet_queries"], lengths)


def _counted(name: str, filters: Mapping[str, str]) -> dict[str, Any]:
    """Return how the values of a facet are counted: without the filter on it."""
    facet: dict[str, Any] = {"type": "terms", "field": name, "limit": -1}
    return facet | {"domain": {"excludeTags": name}} if name in filters else facet


def _values(facet: Mapping[str, Any] | None) -> dict[str, int]:
    return {bucket["val"]: bucket["count"] for bucket in (facet or {}).get("buckets", ())}
