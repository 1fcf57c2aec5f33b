"""The terms by which the index may hold the words of a query."""

from search import grammar
from search.analysis import exact, exact_term, han_ngrams, query_terms
from search.fields import NAME_FIELDS
from text.words import fold, languages_of


def terms_of(field: str, word: str) -> list[bytes]:
    """Return the terms of a field by which it may hold a word."""
    return [term.encode() for term in ({fold(word)} if field in NAME_FIELDS else query_terms(word))]


def exact_terms(word: str) -> list[bytes]:
    """Return the terms by which a text may hold a word, as a stem in some language or as a stop word in another."""
    return [term.encode() for term in (*query_terms(word), exact_term(exact(word)))]


def exact_words(phrase: grammar.Phrase) -> list[tuple[str, int]]:
    """Return the words of a phrase with their offsets from its start; Chinese is compared by pairs of characters."""
    words, offset = [], 0
    for word in phrase.words:
        if languages_of(word) == ("zh",):
            words += [(term, offset + at) for term, at in han_ngrams(word) if len(term) == min(2, len(word))]
            offset += len(word)
        else:
            words.append((word, offset))
            offset += 1
    return words
