"""How text is cut into the terms that are compared: for the index, for queries and for marking passages alike.

A word's script says which languages may have written it; only for Latin letters does the text's own language decide.
Arabic, English, French, Russian and Spanish are compared by their stems, Chinese by single characters and pairs of
them, names by their letters alone. Accents and Arabic vowel signs never count.
"""

import re
from functools import cache, lru_cache

import snowballstemmer

from text.folding import HAN, fold, languages_of, words_of
from text.stop_words import STOP_WORDS

HAN_CHARACTER = re.compile(f"[{HAN}]")
STEMMERS = {"ar": "arabic", "en": "english", "es": "spanish", "fr": "french", "ru": "russian"}
BETWEEN_PASSAGES = 50  # words; so that no phrase reaches from one passage into the next


@cache
def stemmer(language):
    return snowballstemmer.stemmer(STEMMERS[language])


@lru_cache(200_000)
def terms_of(word, language):
    """The terms of a word of a text in `language`: its stem, twice if accents lead to another; none for stop words."""
    possible = languages_of(word)
    language = language if language in possible else possible[0]
    if language == "zh":
        return (word,)
    word = word.lower()
    folded = fold(word)
    if word in STOP_WORDS[language] or not folded:
        return ()
    if not folded.isalpha():
        return (folded,)
    stem = stemmer(language).stemWord
    first = fold(stem(word))
    if folded == word:
        return (first,)
    second = fold(stem(folded))
    return (first,) if first == second else (first, second)


def variants(word):
    """All terms by which a word of a query may stand in the index, whatever language it was meant in."""
    return {term for language in languages_of(word) for term in terms_of(word, language)}


def characters(run):
    """The terms of a run of Han characters, with their places: each alone, and each with its neighbour."""
    for at, character in enumerate(run):
        yield character, at
        if at + 1 < len(run):
            yield run[at : at + 2], at


def words_and_places(text, at=0):
    """The words of a text as they are spelt, their places from `at` on, and how many places it takes.

    Of Han characters each is a word, and each pair of neighbours another at the first one's place.
    """
    words = words_of(text)
    if text.isascii() or not HAN_CHARACTER.search(text):
        return words, range(at, at + len(words)), len(words)
    spread, place = [], at
    for word in words:
        run = languages_of(word) == ("zh",)
        spread += [(term, place + offset) for term, offset in characters(word)] if run else [(word, place)]
        place += len(word) if run else 1
    return [word for word, _ in spread], [found for _, found in spread], place - at


def name_of(word, language):
    """The term of one word of a name: its letters."""
    return (fold(word),)


def spelling_of(word):
    """A word as it is offered to who types or mistypes: folded; None for what nobody looks for."""
    return fold(word) if len(word) > 2 and not word.isdecimal() and languages_of(word) != ("zh",) else None
