"""The distinctive words of texts: frequent in them, and rare in the index."""

from collections import Counter
from collections.abc import Iterable, Mapping

from text.words import TOKEN, is_stop_word

from . import grammar

MAX_DISTINCTIVE_WORDS = 20


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Count the words that may be distinctive."""
    words = (word for text in texts for word in TOKEN.findall(text))
    return Counter(word for word in words if not is_stop_word(word) and len(word) > 2)


def most_distinctive(weights: Mapping[str, float]) -> grammar.Node | None:
    """Return the tree of the words that weigh most, or None if there are none."""
    best = sorted(weights, key=lambda word: weights[word], reverse=True)[:MAX_DISTINCTIVE_WORDS]
    return grammar.Or(tuple(grammar.Word(word) for word in best)) if best else None
