"""Words that are right in one of the search languages, and are never taken for a misspelling.

Russian words, which have many forms, are looked up by pymorphy3, the others in the frequency lists of pyspellchecker.
A process keeps each list as a sorted array, read at its start or when the first word is asked for: eight bytes a word.
"""

import gzip
import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pymorphy3
from numpy.typing import NDArray

from text.words import fold, languages_of, words_of

from .analysis import STEMMERS, analyze
from .english_spelling import american
from .name_variants import known_names

MAX_SPANISH_FORMS = 80  # words with the same beginning that are stemmed
MIN_ARABIC_LENGTH = 3  # letters of a word without its particles
# What Arabic writes together with a word: "and the", "with the", "the"; "his", "their", and endings of number and case.
ARABIC_BEFORE = ("", "وال", "بال", "فال", "كال", "لل", "ال", "و", "ف", "ب", "ك", "ل", "وب", "ول")
ARABIC_AFTER = ("", "ه", "ها", "هم", "هما", "هن", "ك", "كم", "نا", "ي", "ا", "ات", "ون", "ين", "ان", "يه")

# How French words end, and how the form ends that is in the list.
FRENCH_FORMS = [("s", ""), ("x", ""), ("e", ""), ("es", ""), ("ne", ""), ("nes", ""), ("euse", "eur"), ("euses", "eur"),
                ("trice", "teur"), ("trices", "teur"), ("ive", "if"), ("ives", "if"), ("aux", "al")]  # fmt: skip
# How words for people of a place end, and how the name of the place does: palestiniennes, Palestine.
FRENCH_INHABITANTS = re.compile(r"(?P<place>.{3,}?)(?:een|ien|ain|ais|ois)(?:ne|e)?s?")
FRENCH_PLACES = ("", "e", "ie", "a", "ia", "o", "i")


def load_right_words() -> None:
    """Read all lists but the Russian one, for about a second, so that nobody who searches waits for them."""
    for language in ("en", "fr", "ar"):
        _hashes(language)
    _places()
    _spanish_words()


def is_right_word(word: str) -> bool:
    """Return whether a word is right in a language that it may belong to, judged by its script."""
    word, languages = word.lower(), languages_of(word)
    if languages == ("ru",):
        return bool(_russian().word_is_known(word))
    folded = fold(word)
    return any(_is_right(folded, language) for language in languages if language in STEMMERS)


def _is_right(word: str, language: str) -> bool:
    """Return whether a folded word is right in a language: by rules of its own, or because it is in the list."""
    return OWN_RULES[language](word) if language in OWN_RULES else _are_listed(language, {word})


def _is_english(word: str) -> bool:
    return _are_listed("en", {word, american(word)})


def _is_arabic(word: str) -> bool:
    """Return whether a word is in the list, or is one of its words with what is written together with it."""
    without = (word[len(before) :] for before in ARABIC_BEFORE if word.startswith(before))
    bare = {one.removesuffix(after) for one in without for after in ARABIC_AFTER if one.endswith(after)}
    endings = {one + "ه" for one in bare}  # before an ending, the last letter of many nouns is another
    return _are_listed("ar", {one for one in bare | endings if len(one) >= MIN_ARABIC_LENGTH} | {word})


def _is_french(word: str) -> bool:
    """Return whether a word is in the list, or is another form of one there, which lacks many plurals and feminines."""
    forms = {word} | {word.removesuffix(after) + before for after, before in FRENCH_FORMS if word.endswith(after)}
    if name := FRENCH_INHABITANTS.fullmatch(word):
        forms |= {name["place"] + after for after in FRENCH_PLACES}
    return _are_listed("fr", forms) or not forms.isdisjoint(_places())


def _is_spanish(word: str) -> bool:
    """Return whether a word shares its stem with one in the list, which has few plurals and forms of verbs."""
    stems, words = set(analyze(word, "es")), _spanish_words()
    for singular in (word, word.removesuffix("s"), word.removesuffix("es")):
        at = int(np.searchsorted(words, singular.encode()))
        if at < len(words) and words[at] == singular.encode():
            return True
    for stem in stems:
        at = int(np.searchsorted(words, stem.encode()))
        similar = [one.decode() for one in words[at : at + MAX_SPANISH_FORMS].tolist()]
        if any(one.startswith(stem) and stems & set(analyze(one, "es")) for one in similar):
            return True
    return False


OWN_RULES = {"ar": _is_arabic, "en": _is_english, "es": _is_spanish, "fr": _is_french}


def _are_listed(language: str, words: set[str]) -> bool:
    """Return whether one of some folded words is in the list of a language."""
    hashes = _hashes(language)
    wanted = np.fromiter(map(hash, words), "i8", len(words))
    at = np.minimum(np.searchsorted(hashes, wanted), len(hashes) - 1)
    return bool((hashes[at] == wanted).any())


def _list(language: str) -> list[str]:
    resource = files("spellchecker") / "resources" / f"{language}.json.gz"
    return [fold(word) for word in json.loads(gzip.decompress(resource.read_bytes()))]


@cache
def _hashes(language: str) -> NDArray[np.int64]:
    """Return the hashes of the words of a list, sorted."""
    words = _list(language)
    if language == "en":
        words += list(map(american, words))
    return np.unique(np.fromiter(map(hash, words), "i8", len(words)))


@cache
def _places() -> frozenset[str]:
    return frozenset(fold(word) for known in known_names() for name in known.names for word in words_of(name))


@cache
def _spanish_words() -> NDArray[np.bytes_]:
    return np.unique(np.array([word.encode() for word in _list("es")]))


@cache
def _russian() -> Any:
    return pymorphy3.MorphAnalyzer()
