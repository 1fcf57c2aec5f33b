"""Run a query so that its result says what is public now, though the index has not all changes yet.

- Hidden records are excluded.
- A changed record is found by what it is now. If it has all words of the query, it stays in its place. If it matches
  without some of them (`a OR b`, `NOT c`, another term of the vocabulary), it comes last, because its place, or its
  absence, would say whether it had them. Otherwise it is left out, also where the engine returns records that have most
  of the words: only the engine knows which those are, and it knows the old words.
- A changed record counts in a facet only with values that it still has.
- All others are found as the index has them. They may still show a parent's old facets for a moment, but a series, a
  dialogue or a topic that is not public any more can neither be counted nor asked for.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from .engine_api import EngineQuery, EngineResult, SearchEngine
from .facets import has_label
from .live_match import LiveDocument
from .waiting import Waiting

NO_VALUE = "\x00"  # of no facet; SearchParams ignores it in addresses

Counts = Mapping[str, Mapping[str, int]]  # {facet: {value: records}}


def find_present(engine: SearchEngine, query: EngineQuery, waiting: Waiting) -> EngineResult:
    """Return what a query finds of what is public now. Its `excluded_ids` are set here, to what is `waiting`."""
    filters = {name: value if has_label(name, value) else NO_VALUE for name, value in query.filters.items()}
    query = replace(query, filters=filters)
    if not waiting.changed:
        return engine.find(replace(query, excluded_ids=waiting.hidden))
    whole = query.wider or query.tree
    documents = {key: document for key, document in waiting.documents().items() if document.matches(whole)}
    passing = {key: document for key, document in documents.items() if not document.missing(filters)}
    in_place = {key: document for key, document in passing.items() if document.has_all(query.tree)}
    last = sorted(passing.keys() - in_place.keys(), key=lambda key: (documents[key].date, key), reverse=True)
    found = engine.find(replace(query, excluded_ids=waiting.excluded(in_place)))
    if in_place:
        others = replace(query, excluded_ids=waiting.excluded())
        found = replace(found, facet_counts=_present_counts(engine, others, found, in_place.values()))
    if last:
        found = _with_last(found, query, last)
    added = [document for key, document in documents.items() if key not in in_place]
    return replace(found, facet_counts=_with_values(found.facet_counts, filters, added)) if added else found


def _present_counts(
    engine: SearchEngine, others: EngineQuery, found: EngineResult, documents: Collection[LiveDocument]
) -> Counts:
    """Return the facet counts without the values that these records of the result have no longer.

    `others` is the query without these records.
    """
    is_lenient = found.total > found.full_matches  # without these records it could be so where `found` is not
    others = replace(others, allow_partial=is_lenient, start=0, stop=1)
    counts = {}
    for name, without in engine.find(others).facet_counts.items():
        now = Counter(value for document in documents for value in document.values(name))
        values = found.facet_counts.get(name, {})
        kept = {value: min(values.get(value, 0), without.get(value, 0) + now[value]) for value in {**values, **without}}
        counts[name] = {value: count for value, count in kept.items() if count}
    return counts


def _with_last(found: EngineResult, query: EngineQuery, last: Sequence[str]) -> EngineResult:
    """Return a result with these records after all others."""
    start, stop = (max(0, place - found.total) for place in (query.start, query.stop))
    return replace(
        found,
        total=found.total + len(last),
        full_matches=found.full_matches + len(last),
        ids=(*found.ids, *last[start:stop]),
    )


def _with_values(counts: Counts, filters: Mapping[str, str], documents: Iterable[LiveDocument]) -> Counts:
    """Return facet counts with the values of these records as well. A facet counts without its own filter."""
    added = {name: Counter(values) for name, values in counts.items()}
    for document in documents:
        missing = document.missing(filters)
        for name, counter in added.items():
            if not missing - {name}:
                counter.update(document.values(name))
    return added
