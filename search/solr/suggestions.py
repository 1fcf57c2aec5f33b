"""Suggestions from the words of the index: completions, and the distinctive words of a text."""

from collections.abc import Iterable
from math import log

from search import grammar
from search.analysis import query_terms
from search.distinctive_words import count_words, most_distinctive
from text.words import fold

from .documents import text_term
from .finding import Ask, measured, visible
from .queries import EVERY, Queries, named

MAX_COMPLETIONS = 40
MAX_COUNTED_WORDS = 400  # of a text, the most frequent: each has to be counted


def completions(ask: Ask, prefix: str, excluded_ids: Iterable[str]) -> list[str]:
    """Return words that begin with `prefix`, the most frequent first, counted in visible records."""
    queries = Queries()
    answer = ask({
        "q": named(visible(queries, excluded_ids)),
        "rows": 0,
        "facet": "true",
        "facet.field": "spelling",
        "facet.prefix": fold(prefix),
        "facet.method": "enum",
        "facet.enum.cache.minDf": 1_000_000,  # few words come again: none is worth the cache
        "facet.limit": MAX_COMPLETIONS,
        "facet.mincount": 1,
        **queries.params,
    })  # fmt: skip
    words: list[str] = answer["facet_counts"]["facet_fields"]["spelling"][::2]
    return words


def similarity_query(ask: Ask, texts: Iterable[str]) -> grammar.Node | None:
    """Return the tree of the words that are frequent in texts and rare elsewhere, or None if there are none."""
    counts = count_words(texts)
    terms = {word: list(map(text_term, sorted(query_terms(word)))) for word, _ in counts.most_common(MAX_COUNTED_WORDS)}
    queries = Queries()
    names = {
        (word, term): queries.either(queries.terms(field, [term]) for field in ("text", "file"))
        for word, some in terms.items()
        for term in some
    }
    statistics = measured(ask, queries, EVERY, dict.fromkeys(names.values()))
    weights = {}
    for word, some in terms.items():
        if records := max((statistics.counts[names[word, term]] for term in some), default=0):
            weights[word] = counts[word] * log(1 + statistics.size / records)
    return most_distinctive(weights)
