"""The words of a language in their right spelling, to complete what someone types."""

from functools import cache

from spellchecker import SpellChecker

from text.words import fold

from .analysis import STEMMERS

MIN_LENGTH = 3  # letters
MIN_FREQUENCY = 50  # in the lists of pyspellchecker; rarer entries are often misspelt or foreign


@cache
def _lines(language: str) -> bytes:
    """Return the words of a language, sorted, as lines of folded spelling, tab, right spelling.

    It takes a quarter of a second. A hundred thousand words are a few megabytes so, a tenth of a dictionary of strings.
    """
    words: dict[str, tuple[int, str]] = {}
    for word, frequency in SpellChecker(language=language).word_frequency.dictionary.items():
        if len(word) >= MIN_LENGTH and frequency >= MIN_FREQUENCY and word.isalpha():
            folded = fold(word)
            words[folded] = max(words.get(folded, (0, "")), (frequency, word))
    return "".join(f"\n{folded}\t{word}" for folded, (_, word) in sorted(words.items())).encode()


def right_spellings(prefix: str, language: str) -> dict[str, str]:
    """Return {folded: right spelling} of the words of a language that begin with a folded prefix.

    Chinese has none, because it has no spaces between words.
    """
    if language not in STEMMERS:
        return {}
    lines, start = _lines(language), f"\n{prefix}".encode()
    first = lines.find(start)
    if first < 0:
        return {}
    last = lines.find(b"\n", lines.rfind(start) + 1)
    found = lines[first + 1 : last if last >= 0 else None].decode().split("\n")
    return dict(line.split("\t") for line in found)  # type: ignore[misc]
