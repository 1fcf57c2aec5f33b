"""Words in six languages: split texts, fold case and accents, recognize stop words, and count."""

import re
import unicodedata
from functools import lru_cache

from whoosh.lang.stopwords import stoplists
from whoosh.support.charset import accent_map

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
# Combining accents, Arabic vowel signs and the tatweel: characters that follow the letter that they belong to.
MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u0640"
MARKS_IN_WORDS = frozenset(map(chr, [*range(0x300, 0x370), *range(0x64B, 0x660), 0x670, 0x640]))
TOKEN = re.compile(rf"[{HAN}]+|[^\W_{HAN}](?:[^\W_{HAN}]|[{MARKS}])*")
PLAIN_TOKEN = re.compile(r"[^\W_]+")  # the same for text without Han and marks, in half the time
MARK = re.compile(f"[{MARKS}]")
NOT_PLAIN = re.compile(rf"[{HAN}{MARKS}]")
WITHOUT_MARKS = {ord(mark): None for mark in map(chr, range(0x0300, 0x0671)) if re.match(f"[{MARKS}]", mark)}
ARABIC_FORMS = {**dict.fromkeys(map(ord, "أإآٱ"), "ا"), ord("ى"): "ي", ord("ة"): "ه"}
FOLDING = {**accent_map, **WITHOUT_MARKS, **ARABIC_FORMS, ord("ё"): "е"}

# Letters that fold into exactly one other letter, so that positions in the folded text and in the text agree.
ONE_FOR_ONE = {
    chr(code): letter
    for code, other in FOLDING.items()
    if code > 127 and other is not None and len(letter := chr(other) if isinstance(other, int) else other) == 1
}
ACCENTED = re.compile(f"[{''.join(ONE_FOR_ONE)}]")
LATIN = ("en", "fr", "es")

STOP_WORD_LANGUAGES = ("ar", "en", "es", "fr", "ru")
# Listed as stop words, but meaningful here: forms of Spanish estar and sentir (a State, a sense), and the English
# words sea and era.
MEANINGFUL = {
    *("estado", "estados", "estada", "estadas", "sentido", "sentidos", "sentida", "sentidas"),
    *("sea", "seas", "era", "eras"),
}
STOP_WORDS = {language: frozenset(stoplists.get(language, ())) - MEANINGFUL for language in STOP_WORD_LANGUAGES}

# Chinese has no spaces between words, so that each character counts, as in text editors and in limits for Chinese.
HAN_CHARACTER = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
COUNTED_WORD = re.compile(r"[^\W_]+(?:['’ʼ\-.][^\W_]+)*")


def words_of(text: str) -> list[str]:
    """Return the words of a text in order; a run of Han characters counts as one word."""
    return (PLAIN_TOKEN if text.isascii() or not NOT_PLAIN.search(text) else TOKEN).findall(text)


def fold(word: str) -> str:
    """Return a word in lower case without accents."""
    word = word.lower()
    return word if word.isascii() else word.translate(FOLDING)


@lru_cache(500)
def fold_in_place(text: str) -> str:
    """Return a text in lower case with most accents removed; every character keeps its position."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(letter if len(letter.lower()) > 1 else letter.lower() for letter in text)
    return ACCENTED.sub(lambda letter: ONE_FOR_ONE[letter[0]], small)


def languages_of(word: str) -> tuple[str, ...]:
    """Return the languages that a word may belong to, judged by the script of its first letter; `zh` for Han."""
    letter = word[0]
    if "\u0600" <= letter <= "\u06ff":
        return ("ar",)
    if "\u0400" <= letter <= "\u04ff":
        return ("ru",)
    return ("zh",) if "\u3400" <= letter <= "\u9fff" else LATIN


def languages_ignoring(word: str) -> list[str]:
    """Return the languages in whose texts a word is a stop word."""
    word = word.lower()
    return [language for language in languages_of(word) if word in STOP_WORDS.get(language, ())]


def is_stop_word(word: str) -> bool:
    """Return whether a word is a stop word in any language that it may belong to."""
    return bool(languages_ignoring(word))


def count_words(text: str) -> int:
    """Return the number of words in a text; in Chinese, the number of characters."""
    # Combining vowel signs (Arabic) and accents (Russian) would split words.
    plain = "".join(character for character in text if not unicodedata.category(character).startswith("M"))
    return len(HAN_CHARACTER.findall(plain)) + len(COUNTED_WORD.findall(HAN_CHARACTER.sub(" ", plain)))
