"""Words in six languages: split texts, fold case and accents, recognize stop words and acronyms, and count."""

import re
import unicodedata
from collections.abc import Iterator

from . import stop_words

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
# Combining accents, Arabic vowel signs and the tatweel: characters that follow the letter that they belong to.
MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u0640"
MARKS_IN_WORDS = frozenset(map(chr, [*range(0x300, 0x370), *range(0x64B, 0x660), 0x670, 0x640]))
TOKEN = re.compile(rf"[{HAN}]+|[^\W_{HAN}](?:[^\W_{HAN}]|[{MARKS}])*")
PLAIN_TOKEN = re.compile(r"[^\W_]+")  # the same for text without Han and marks, in half the time
# For text without other marks, `translate` and `split` take a third of the time of the plain token.
SPACES = bytes(code if code > 127 or chr(code).isalnum() else ord(" ") for code in range(256))
ASCII = bytes(range(128))
TYPOGRAPHIC_MARKS = "’“”—–‘…«»·•\N{NO-BREAK SPACE}"  # often all that keeps an English text from being ASCII
NOT_PLAIN = re.compile(rf"[{HAN}{MARKS}]")
# The full stops inside U.S.S.R. Beginning with the stop itself, the pattern takes a tenth of the time.
ACRONYM_STOP = re.compile(rf"\.(?<=\b[^\W\d_{HAN}]\.)(?=[^\W\d_{HAN}]\b)")
# The hyphens inside co-operation, re-election, pre-eminent and e-mail, which are words without them too.
INSIDE_A_WORD = r"(?:(?<=\bco.)(?=o)|(?<=\bre.)(?=e)|(?<=\bpre.)(?=e)|(?<=\be.)(?=mails?\b))"
PREFIX_HYPHEN = re.compile(rf"[-‐‑]{INSIDE_A_WORD}", re.IGNORECASE)
ASCII_PREFIX_HYPHEN = re.compile(rf"-{INSIDE_A_WORD}", re.IGNORECASE)  # in a quarter of the time
HYPHENATED = rf"\b(?i:co[-‐‑](?=o)|re[-‐‑](?=e)|pre[-‐‑](?=e)|e[-‐‑](?=mails?\b))[^\W_{HAN}]+"
INSIDE_WORDS = dict.fromkeys(map(ord, ".-‐‑"))  # in the places of words, but not in the words
DOTTED_ACRONYM = re.compile(rf"\b[^\W\d_{HAN}](?:\.[^\W\d_{HAN}]\b)+")
DOTTED = re.compile(rf"{DOTTED_ACRONYM.pattern}|{TOKEN.pattern}")
DOTTED_OR_HYPHENATED = re.compile(rf"{HYPHENATED}|{DOTTED.pattern}")
JOINED = re.compile(rf"{HYPHENATED}|{DOTTED_ACRONYM.pattern}")

# Letters that Unicode does not decompose.
OTHER_LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "ŧ": "t",
    "ŋ": "n", "ĸ": "k", "ƒ": "f", "ɓ": "b", "ɗ": "d", "ɖ": "d", "ƙ": "k", "ɲ": "n", "ɛ": "e", "ɔ": "o", "ɣ": "g",
    "ɨ": "i", "ʉ": "u", "ǝ": "e", "ə": "e", "ẞ": "ss",
}  # fmt: skip
# In Latin and Greek an accent is left out. In Cyrillic й and ї are letters of their own.
# The last are digits and letters as wide as Chinese characters.
FOLDED_RANGES = [
    range(0xC0, 0x250), range(0x370, 0x400), range(0x1E00, 0x2000), range(0xFB00, 0xFB07), range(0xFF10, 0xFF5B)
]  # fmt: skip
ARABIC_FORMS = {**dict.fromkeys("أإآٱ", "ا"), "ى": "ي", "ة": "ه"}

STOP_WORDS = {
    "ar": stop_words.words(stop_words.ARABIC),
    "en": stop_words.words(stop_words.ENGLISH),
    "es": stop_words.words(stop_words.SPANISH),
    "fr": stop_words.words(stop_words.FRENCH),
    "ru": stop_words.words(stop_words.RUSSIAN),
}
LATIN = ("en", "fr", "es")

ACRONYM_LENGTHS = range(2, 7)  # letters; longer words in capitals are words that somebody emphasized
CAPITALS = "".join(letter for letter in map(chr, (*range(0x250), *range(0x370, 0x590))) if letter.isupper())
ALL_CAPITALS = re.compile(rf"[{CAPITALS}\W\d_]+")
CAPITALS_RUN = re.compile(rf"[{CAPITALS}\W\d_]{{12,}}")
CAPITALS_WORD = re.compile(rf"[{CAPITALS}]{{2,}}")
# A word too long for an acronym. It has two capitals side by side among every third letter of the text.
LONG_CAPITALS = re.compile(rf"[{CAPITALS}]{{{ACRONYM_LENGTHS.stop},}}")
TWO_CAPITALS = re.compile(rf"[{CAPITALS}](?=[{CAPITALS}])")

# Chinese has no spaces between words, so that each character counts, as in text editors and in limits for Chinese.
HAN_CHARACTER = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
COUNTED_WORD = re.compile(r"[^\W_]+(?:['’ʼ\-.][^\W_]+)*")


def _without_accents(letter: str) -> str:
    """Return a letter in lower case without what Unicode adds to it: accents, ligatures, width."""
    parts = unicodedata.normalize("NFKD", letter.lower())
    return "".join(OTHER_LETTERS.get(part, part) for part in parts if not unicodedata.combining(part))


FOLDING: dict[int, str | None] = {
    **{code: _without_accents(chr(code)) for codes in FOLDED_RANGES for code in codes if chr(code).isalnum()},
    **{ord(letter): other for letter, other in (OTHER_LETTERS | ARABIC_FORMS).items()},
    **{ord(mark): None for mark in MARKS_IN_WORDS},
    ord("ё"): "е",
}

# Letters that fold into exactly one other letter, so that positions in the folded text and in the text agree.
ONE_FOR_ONE = {chr(code): letter for code, letter in FOLDING.items() if letter and len(letter) == 1 and code > 127}
ACCENTED = re.compile(f"[{''.join(ONE_FOR_ONE)}]")
# Text whose words `fold_in_place` does not fold completely.
NOT_IN_PLACE = re.compile(f"[{MARKS}{''.join(chr(code) for code, other in FOLDING.items() if other and other[1:])}]")


def words_of(text: str) -> list[str]:
    """Return the words of a text in order. A run of Han characters counts as one word.

    U.S.S.R. is USSR, and co-operation is cooperation.
    """
    text = without_typography(ACRONYM_STOP.sub("", text))
    rare = beyond_ascii(text)
    if NOT_PLAIN.search(rare):
        return TOKEN.findall(PREFIX_HYPHEN.sub("", text))
    if rare and not rare.isalnum():
        return PLAIN_TOKEN.findall(PREFIX_HYPHEN.sub("", text))
    # Half of all paragraphs have no hyphen, and to look for one costs little.
    text = ASCII_PREFIX_HYPHEN.sub("", text) if "-" in text else text
    return text.encode().translate(SPACES).decode().split()


def beyond_ascii(text: str) -> str:
    """Return the characters of a text that are not ASCII, in order. In most texts, they are few."""
    if text.isascii():
        return ""
    return text.encode(errors="surrogatepass").translate(None, ASCII).decode(errors="surrogatepass")


def without_typography(text: str) -> str:
    """Return a text with spaces for its typographic marks; every character keeps its position."""
    for mark in () if text.isascii() else TYPOGRAPHIC_MARKS:
        text = text.replace(mark, " ")
    return text


def word_places(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (word, start, stop) for the words of a text."""
    return _places(DOTTED_OR_HYPHENATED if PREFIX_HYPHEN.search(text) else DOTTED, text)


def joined_places(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (word without its stops or its hyphen, start, stop) for words such as U.S.S.R. and co-operation."""
    return _places(JOINED, text)


def _places(pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, int, int]]:
    return ((found[0].translate(INSIDE_WORDS), found.start(), found.end()) for found in pattern.finditer(text))


def fold(word: str) -> str:
    """Return a word in lower case without accents."""
    word = word.lower()
    return word if word.isascii() else word.translate(FOLDING)


def fold_in_place(text: str) -> str:
    """Return a text in lower case, without typographic marks and most accents; every character keeps its position."""
    text = without_typography(text)
    if text.isascii():
        return text.lower()
    return ACCENTED.sub(lambda letter: ONE_FOR_ONE[letter[0]], _lower_in_place(text))


def _lower_in_place(text: str) -> str:
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(letter if len(letter.lower()) > 1 else letter.lower() for letter in text)


def is_acronym(word: str) -> bool:
    """Return whether a word is an acronym, or the plural of one: AIDS, NGOs."""
    letters = word[:-1] if word[-1:] == "s" else word
    return len(letters) in ACRONYM_LENGTHS and letters.isupper() and letters.isalpha()


def quieten(text: str) -> str:
    """Return a text with its headings and sentences in capitals in lower case; every character keeps its position.

    Acronyms cannot be distinguished from words there. A single word in capitals says nothing, and the text "AIDS" is
    one.
    """
    if text.islower() or len(text) < 3:
        return text
    if ALL_CAPITALS.fullmatch(text):
        return _lower_in_place(text) if len(text.split()) > 1 else text
    return CAPITALS_RUN.sub(_quieten_run, text) if _has_long_capitals(text) else text


def _has_long_capitals(text: str) -> bool:
    """Return whether a text has a word of capitals that is too long for an acronym. Few texts do."""
    starts = (3 * pair.start() for pair in TWO_CAPITALS.finditer(text[::3]))
    return any(LONG_CAPITALS.search(text, max(start - 3, 0), start + 7) for start in starts)


def _quieten_run(run: re.Match[str]) -> str:
    """Return a run without small letters in lower case if it has three words, one of them too long for an acronym."""
    words = CAPITALS_WORD.findall(run[0])
    is_loud = len(words) > 2 and LONG_CAPITALS.search(run[0]) is not None
    return _lower_in_place(run[0]) if is_loud else run[0]


def languages_of(word: str) -> tuple[str, ...]:
    """Return the languages that a word may belong to, judged by the script of its first letter; `zh` for Han."""
    letter = word[0]
    if "\u0600" <= letter <= "\u06ff":
        return ("ar",)
    if "\u0400" <= letter <= "\u04ff":
        return ("ru",)
    return ("zh",) if "\u3400" <= letter <= "\u9fff" else LATIN


def languages_ignoring(word: str) -> list[str]:
    """Return the languages in whose texts a word is a stop word. WHO is none, and who is one."""
    if is_acronym(word):
        return []
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


def shorten(text: str, length: int = 200) -> str:
    """Return a text on one line, of at most `length` characters, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    start = line[: length - 1]
    words, _space, _rest = start.rpartition(" ")
    return (words if len(words) > length // 2 else start).rstrip(" .,;:–—。،，、") + "…"
