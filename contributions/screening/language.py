"""Language detection: whether a text is in the language that its sender chose."""

from __future__ import annotations

import re
from collections import Counter

from text.words import LATIN, STOP_WORDS, fold, languages_of, words_of

MIN_WORDS = 20  # a shorter text says nothing about its language
SAMPLE = 60_000  # characters that are looked at
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
# Stop words of one language in Latin script that no other of them shares, as French and Spanish share "la".
OWN_STOP_WORDS = {
    language: frozenset(map(fold, STOP_WORDS[language]))
    - frozenset(fold(word) for other in LATIN if other != language for word in STOP_WORDS[other])
    for language in LATIN
}


def likely_language(text: str, language: str) -> str | None:
    """Return the code of the language of a text if it is probably not `language`, and None if it is or if in doubt."""
    text = text[:SAMPLE]
    words = [word for word in words_of(text) if not word[0].isdigit()]
    count = Counter("latin" if languages_of(word) == LATIN else languages_of(word)[0] for word in words)
    # Above, a run of Han characters counts as one word; a Chinese word has about two characters.
    count["zh"] = len(HAN.findall(text)) // 2
    script, most = count.most_common(1)[0]
    if most < MIN_WORDS or most < 0.8 * count.total():
        return None
    if script != "latin":
        return None if script == language else script
    return _likely_latin_language(words, language)


def _likely_latin_language(words: list[str], language: str) -> str | None:
    """Do the same for a text in Latin script, by the share of stop words of each language."""
    folded = [fold(word) for word in words]
    shares = {other: sum(word in OWN_STOP_WORDS[other] for word in folded) / len(folded) for other in LATIN}
    best = max(shares, key=lambda other: shares[other])
    if best == language or shares[best] < 0.15 or shares[best] < 3 * shares.get(language, 0):
        return None
    return best
