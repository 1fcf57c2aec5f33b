"""How text is cut into the terms that are compared: for the index, for queries and for marking passages alike.

A word's script says which languages may have written it; only for Latin letters does the text's own language decide.
Arabic, English, French, Russian and Spanish are compared by their stems, Chinese by single characters and pairs of
them, names by their letters alone. Accents and Arabic vowel signs never count.
"""

import re
from functools import cache, lru_cache

import snowballstemmer
from whoosh.lang.stopwords import stoplists
from whoosh.support.charset import accent_map

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
# Accents and vowel signs that stand as characters of their own after their letter, and the Arabic stroke.
MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u0640"
MARKS_IN_WORDS = frozenset(map(chr, [*range(0x300, 0x370), *range(0x64B, 0x660), 0x670, 0x640]))
TOKEN = re.compile(rf"[{HAN}]+|[^\W_{HAN}](?:[^\W_{HAN}]|[{MARKS}])*")
PLAIN_TOKEN = re.compile(r"[^\W_]+")  # the same for a text without Han and marks, in half the time
MARK = re.compile(f"[{MARKS}]")
HAN_CHARACTER = re.compile(f"[{HAN}]")
NOT_PLAIN = re.compile(rf"[{HAN}{MARKS}]")
WITHOUT_MARKS = {ord(mark): None for mark in map(chr, range(0x0300, 0x0671)) if re.match(f"[{MARKS}]", mark)}
ARABIC_FORMS = {**dict.fromkeys(map(ord, "أإآٱ"), "ا"), ord("ى"): "ي", ord("ة"): "ه"}
FOLDING = {**accent_map, **WITHOUT_MARKS, **ARABIC_FORMS, ord("ё"): "е"}

# The letters that fold into one other letter: what is found in a text so folded stands at the same place in the text.
ONE_FOR_ONE = {
    chr(code): letter
    for code, other in FOLDING.items()
    if code > 127 and other is not None and len(letter := chr(other) if isinstance(other, int) else other) == 1
}
ACCENTED = re.compile(f"[{''.join(ONE_FOR_ONE)}]")

STEMMERS = {"ar": "arabic", "en": "english", "es": "spanish", "fr": "french", "ru": "russian"}
LATIN = ("en", "fr", "es")
# Forms of Spanish verbs that are on the list of common words and say something all the same: a State, a sense; and
# in English the sea and an era, which would be no words of a phrase in any language.
SAYING = {
    *("estado", "estados", "estada", "estadas", "sentido", "sentidos", "sentida", "sentidas"),
    *("sea", "seas", "era", "eras"),
}
COMMON = {language: frozenset(stoplists.get(language, ())) - SAYING for language in STEMMERS}
BETWEEN_PASSAGES = 50  # words; so that no phrase reaches from one passage into the next


def words_of(text):
    """The words of a text in order; a run of Han characters is one."""
    return (PLAIN_TOKEN if text.isascii() or not NOT_PLAIN.search(text) else TOKEN).findall(text)


def fold(word):
    """A word in small letters without accents."""
    word = word.lower()
    return word if word.isascii() else word.translate(FOLDING)


@lru_cache(500)
def fold_in_place(text):
    """A text in small letters with few accents, each of its characters where it was."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(letter if len(letter.lower()) > 1 else letter.lower() for letter in text)
    return ACCENTED.sub(lambda letter: ONE_FOR_ONE[letter[0]], small)


def languages_of(word):
    """The languages that may have written a word, by the script of its first letter; "zh" for Han."""
    letter = word[0]
    if "\u0600" <= letter <= "\u06ff":
        return ("ar",)
    if "\u0400" <= letter <= "\u04ff":
        return ("ru",)
    return ("zh",) if "\u3400" <= letter <= "\u9fff" else LATIN


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
    if word in COMMON[language] or not folded:
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


def is_common(word):
    """Whether a word is too common in some language to be in the index of its texts."""
    return bool(common_in(word))


def common_in(word):
    """The languages in whose texts a word is not compared."""
    word = word.lower()
    return [language for language in languages_of(word) if word in COMMON.get(language, ())]


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
