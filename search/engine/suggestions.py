"""Suggestions from the words of the index: completions, and the distinctive words of a text."""

from collections import Counter
from collections.abc import Iterable

import numpy as np

from search import grammar
from search.analysis import query_terms
from text.words import TOKEN, fold, is_stop_word

from .snapshot import Snapshot

MAX_COMPLETIONS = 40
MAX_DISTINCTIVE_WORDS = 20


def completions(snapshot: Snapshot, prefix: str) -> list[str]:
    """Return words that begin with `prefix`, the most frequent first."""
    counts = snapshot.terms_with_prefix("spelling", fold(prefix).encode())
    frequent = sorted(counts, key=lambda term: counts[term], reverse=True)[:MAX_COMPLETIONS]
    return [term.decode() for term in frequent]


def similarity_query(snapshot: Snapshot, texts: Iterable[str]) -> grammar.Node | None:
    """Return the tree of the words that are frequent in texts and rare elsewhere, or None if there are none."""
    words = (word for text in texts for word in TOKEN.findall(text))
    counts = Counter(word for word in words if not is_stop_word(word) and len(word) > 2)
    weights = {}
    for word, count in counts.items():
        terms = [term.encode() for term in query_terms(word)]
        postings = [snapshot.postings(field, term)[0] for field in ("text", "file") for term in terms]
        if records := max(map(len, postings), default=0):
            weights[word] = count * np.log(1 + snapshot.size / records)
    best = sorted(weights, key=lambda word: weights[word], reverse=True)[:MAX_DISTINCTIVE_WORDS]
    return grammar.Or(tuple(grammar.Word(word) for word in best)) if best else None
