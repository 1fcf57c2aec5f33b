"""Stop words: the words of each language that are too common to be compared."""

from whoosh.lang.stopwords import stoplists

from .folding import languages_of

LANGUAGES = ("ar", "en", "es", "fr", "ru")
# Listed as stop words, but meaningful here: forms of Spanish estar and sentir (a State, a sense), and the English
# words sea and era.
MEANINGFUL = {
    *("estado", "estados", "estada", "estadas", "sentido", "sentidos", "sentida", "sentidas"),
    *("sea", "seas", "era", "eras"),
}
STOP_WORDS = {language: frozenset(stoplists.get(language, ())) - MEANINGFUL for language in LANGUAGES}


def languages_ignoring(word: str) -> list[str]:
    """Return the languages in whose texts a word is a stop word."""
    word = word.lower()
    return [language for language in languages_of(word) if word in STOP_WORDS.get(language, ())]


def is_stop_word(word: str) -> bool:
    """Return whether a word is a stop word in any language that it may belong to."""
    return bool(languages_ignoring(word))
