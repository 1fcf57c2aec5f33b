"""Text analysis: how text is split into the terms that the index, queries and highlighting compare.

The script of a word limits the languages that it may be in; among those in Latin letters, the language of the text
decides. Arabic, English, French, Russian and Spanish words are stemmed, English ones after their British spelling has
become American. A word with a hyphen is indexed in one piece as well, so that peacekeeping finds peace-keeping. Chinese
is indexed as single characters and pairs of them. Names are compared letter by letter. Accents and Arabic vowel signs
never count.

An acronym is a term of its own, in capitals, so that AIDS is not aid. Phrases compare exact spellings.
"""

import re
import threading
from array import array
from collections.abc import Iterator
from functools import cached_property, lru_cache

from Stemmer import Stemmer

from text.words import ACRONYM_LENGTHS, HAN, STOP_WORDS, beyond_ascii, fold, is_acronym, languages_of, quieten, words_of

from .english_spelling import american

HAN_CHARACTER = re.compile(f"[{HAN}]")
STEMMERS = {"ar": "arabic", "en": "english", "es": "spanish", "fr": "french", "ru": "russian"}
LANGUAGES = (*STEMMERS, "zh")
HYPHEN = re.compile(r"-(?<=\w.)([^\W\d_]{2,})")  # with the word after it
JOINT = "\u00ad"  # the soft hyphen, between the halves of a word that was written with a hyphen
COUNTED = array("I", range(100_000))  # more than the words of almost all records
PASSAGE_GAP = 128  # positions between two passages, so that no phrase or window reaches from one into the next


class Stemmers(threading.local):
    """The stemmers of a thread. A stemmer keeps the word that it works on, so that threads must not share one."""

    @cached_property
    def by_language(self) -> dict[str, Stemmer]:
        return {language: Stemmer(name, 0) for language, name in STEMMERS.items()}  # `analyze` keeps the stems


stemmers = Stemmers()


@lru_cache(50_000)
def analyze(word: str, language: str) -> tuple[str, ...]:
    """Return the terms of a word in a text in `language`: none for a stop word, two if accents change the stem.

    The word has the case that `tokenize` gives it: in headings in capitals, no word is an acronym.
    """
    word, possible = word.replace(JOINT, ""), languages_of(word)
    language = language if language in possible else possible[0]
    if language == "zh":
        return (word,)
    if is_acronym(word):
        return (_acronym(word),)
    word = word.lower()
    folded = fold(word)
    if word in STOP_WORDS[language] or not folded:
        return ()
    if not folded.isalpha():
        return (folded,)
    stem = stemmers.by_language[language].stemWord
    if language == "en":
        return (stem(american(folded)),)
    first = fold(stem(word))
    if folded == word:
        return (first,)
    second = fold(stem(folded))
    return (first,) if first == second else (first, second)


def _acronym(word: str) -> str:
    """Return the term of an acronym, which no other word has: in capitals, without the s of the plural."""
    return fold(word.removesuffix("s")).upper()


def text_terms(word: str) -> set[str]:
    """Return all terms of a word in a text whose language is not known."""
    return {term for language in languages_of(word) for term in analyze(word, language)}


def query_terms(word: str) -> set[str]:
    """Return all terms by which the index may hold a word of a query, whose language is not known.

    A query for AIDS means the acronym alone; one for aids means either.
    """
    terms, folded = text_terms(word), fold(word)
    if not is_acronym(word) and folded.isalpha():
        spellings = (folded, folded.removesuffix("s"))
        terms |= {one.upper() for one in spellings if len(one) in ACRONYM_LENGTHS and one.upper() != one}
    return terms


@lru_cache(5_000)
def terms_by_language(word: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the terms of `query_terms`, each with the languages in whose texts it stands for the word."""
    stems = {language: analyze(word, language) for language in LANGUAGES}
    found = {term: tuple(one for one in LANGUAGES if term in stems[one]) for term in sorted(query_terms(word))}
    return tuple((term, own or LANGUAGES) for term, own in found.items())  # an acronym is one in any language


def exact(word: str) -> str:
    """Return a word as phrases compare it: by its letters, in lower case and without accents."""
    return fold(word.replace(JOINT, ""))


def exact_term(form: str) -> str:
    """Return the term of a stop word, which has no stem. No word begins with its mark."""
    return f"={form}"


def analyze_name(word: str, language: str) -> tuple[str, ...]:
    """Return the term of a word of a name: its folded spelling, whatever the language."""
    return (exact(word),)


def han_ngrams(run: str) -> Iterator[tuple[str, int]]:
    """Yield (term, position) for a run of Han characters: each character, and each pair of neighbours."""
    for position, character in enumerate(run):
        yield character, position
        if position + 1 < len(run):
            yield run[position : position + 2], position


def tokenize(text: str, start: int = 0) -> tuple[list[str], "array[int]", int]:
    """Return (words as spelled, their positions from `start`, the number of positions used).

    Each Han character takes a position. A pair of them is another word at the position of the first, and so are the
    two halves of a word with a hyphen in one piece.
    """
    text = quieten(text)
    words = words_of(text)
    if not HAN_CHARACTER.search(beyond_ascii(text)):
        hyphenated = text.replace("‐", "-").replace("‑", "-")
        joined = dict(_compounds(hyphenated, words)) if "-" in hyphenated else {}
        places = _counted_from(start, len(words))
        if joined:
            places.extend(start + at for at in joined)
        return [*words, *joined.values()], places, len(words)
    tokens, position = [], start
    for word in words:
        is_han = languages_of(word) == ("zh",)
        tokens += [(term, position + offset) for term, offset in han_ngrams(word)] if is_han else [(word, position)]
        position += len(word) if is_han else 1
    return [word for word, _ in tokens], array("I", (place for _, place in tokens)), position - start


def _counted_from(start: int, length: int) -> "array[int]":
    """Return `length` numbers from `start`. Copying takes less time than counting."""
    stop = start + length
    return COUNTED[start:stop] if stop <= len(COUNTED) else array("I", range(start, stop))


def _compounds(text: str, words: list[str]) -> Iterator[tuple[int, str]]:
    """Yield (number of the first half among the words, both halves in one piece) for words with a hyphen."""
    at = 1
    for found in HYPHEN.finditer(text):
        second, end = found[1], found.start()
        try:
            number = words.index(second, at)
            while not text.endswith(words[number - 1], 0, end):
                number = words.index(second, number + 1)
        except ValueError:  # a half is inside another word, as in U.S.-led
            continue
        yield number - 1, f"{words[number - 1]}{JOINT}{second}"
        at = number + 1


def spelling(word: str) -> str | None:
    """Return a word as completions and corrections offer it: folded. None for words that nobody searches for."""
    is_offered = len(word) > 2 and not word.isdecimal() and languages_of(word) != ("zh",) and JOINT not in word
    return exact(word) if is_offered else None
