"""Keys by which titles and names are sorted, in an order that is the same in all languages of the interface."""

import re

from .words import fold, words_of

MAX_KEY = 120  # characters
NUMBER = re.compile(r"\d+")
DIGITS = 8  # numbers are padded to this length, so that 9 comes before 10
ARTICLES = {
    "en": {"the", "a", "an"},
    "fr": {"le", "la", "les", "l", "un", "une"},
    "es": {"el", "la", "los", "las", "un", "una"},
}
ARABIC_ARTICLE = "ال"


def sort_key(text: str, language: str) -> str:
    """Return the key of a text: its words without case, accents and punctuation, in the order of their letters.

    An article of its language at the beginning does not count. Scripts follow each other as in Unicode: Latin,
    Cyrillic, Arabic, Chinese. The key of a text without letters and digits is empty.
    """
    words = [fold(word) for word in words_of(text[: 2 * MAX_KEY])]
    if len(words) > 1 and words[0] in ARTICLES.get(language, ()):
        del words[0]
    if language == "ar" and words and len(words[0]) > len(ARABIC_ARTICLE):
        words[0] = words[0].removeprefix(ARABIC_ARTICLE)
    return NUMBER.sub(lambda digits: str(int(digits[0])).zfill(DIGITS), " ".join(words))[:MAX_KEY]
