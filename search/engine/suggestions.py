"""Suggestions from the words of the index: completions, and the distinctive words of a text."""

from collections.abc import Iterable

import numpy as np

from search import grammar
from search.analysis import query_terms
from search.distinctive_words import count_words, most_distinctive
from text.words import fold

from .snapshot import Snapshot

MAX_COMPLETIONS = 40


def completions(snapshot: Snapshot, prefix: str) -> list[str]:
    """Return words that begin with `prefix`, the most frequent first."""
    counts = snapshot.terms_with_prefix("spelling", fold(prefix).encode())
    frequent = sorted(counts, key=lambda term: counts[term], reverse=True)[:MAX_COMPLETIONS]
    return [term.decode() for term in frequent]


def similarity_query(snapshot: Snapshot, texts: Iterable[str]) -> grammar.Node | None:
    """Return the tree of the words that are frequent in texts and rare elsewhere, or None if there are none."""
    counts = count_words(texts)
    weights = {}
    for word, count in counts.items():
        terms = [term.encode() for term in query_terms(word)]
        postings = [snapshot.postings(field, term)[0] for field in ("text", "file") for term in terms]
        if records := max(map(len, postings), default=0):
            weights[word] = count * np.log(1 + snapshot.size / records)
    return most_distinctive(weights)
