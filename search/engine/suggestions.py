"""Suggestions from the words of the index: completions, corrections, and the distinctive words of a text."""

from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches

import numpy as np

from search import grammar
from search.analysis import query_terms
from text.words import TOKEN, fold, is_stop_word

from .matching import Matcher
from .snapshot import Snapshot

MAX_COMPLETIONS = 40
MIN_SIMILARITY = 0.72  # difflib's ratio; that of "trafiking" and "trafficking" is 0.90
MAX_RECORDS_OF_TYPO = 5  # a word that more records have is not a typo
MIN_FREQUENCY_RATIO = 20  # times as frequent as the word, at least, for a correction
MAX_DISTINCTIVE_WORDS = 20


def completions(snapshot: Snapshot, prefix: str) -> list[str]:
    """Return words that begin with `prefix`, the most frequent first."""
    counts = snapshot.terms_with_prefix("spelling", fold(prefix).encode())
    frequent = sorted(counts, key=lambda term: counts[term], reverse=True)[:MAX_COMPLETIONS]
    return [term.decode() for term in frequent]


def corrections(snapshot: Snapshot, tree: grammar.Node) -> dict[str, str]:
    """Return {word: another} for words that no record has, or few if another spelling is far more frequent."""
    found = {}
    for leaf in grammar.positive_leaves(tree):
        if isinstance(leaf, grammar.Prefix):
            continue
        for word in leaf.words if isinstance(leaf, grammar.Phrase) else [leaf.text]:
            if is_stop_word(word):
                continue
            matched, _ = Matcher(snapshot).match(grammar.Word(word))
            own_count = np.count_nonzero(matched)
            correction, count = _closest(snapshot, fold(word))
            if own_count <= MAX_RECORDS_OF_TYPO and count > own_count * MIN_FREQUENCY_RATIO:
                found[word] = correction
    return found


def _closest(snapshot: Snapshot, word: str) -> tuple[str, int]:
    """Return the word whose spelling is closest to `word`, and its number of records; ("", 0) without any."""
    counts = snapshot.terms_with_prefix("spelling", word[:1].encode())
    candidates = {term.decode(): count for term, count in counts.items()}
    others = [one for one in candidates if one != word and abs(len(one) - len(word)) <= 2]
    close = get_close_matches(word, others, n=1, cutoff=MIN_SIMILARITY)
    return (close[0], candidates[close[0]]) if close else ("", 0)


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
