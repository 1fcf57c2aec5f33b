"""Whether a text is in the language that its sender says."""

import re
from collections import Counter

from text.folding import LATIN, fold, languages_of, words_of
from text.stop_words import STOP_WORDS

ENOUGH = 20  # words, below which a text says nothing about its language
SAMPLE = 60_000  # characters
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
# Words of one of the three alone; what they share, as fr and es share "la", tells nothing.
OWN = {
    language: frozenset(map(fold, STOP_WORDS[language]))
    - frozenset(fold(word) for other in LATIN if other != language for word in STOP_WORDS[other])
    for language in LATIN
}


def language_doubt(text, language):
    """The language that a text looks like where it is another than `language`; None too where it is hard to say."""
    text = text[:SAMPLE]
    words = [word for word in words_of(text) if not word[0].isdigit()]
    count = Counter("latin" if languages_of(word) == LATIN else languages_of(word)[0] for word in words)
    count["zh"] = len(HAN.findall(text)) // 2  # a run of Han is one word above; it has about two characters a word
    script, most = count.most_common(1)[0]
    if most < ENOUGH or most < 0.8 * count.total():
        return None
    if script != "latin":
        return None if script == language else script
    return _latin_doubt(words, language)


def _latin_doubt(words, language):
    """The same of a text in Latin letters: by the little words of each language, of which any text is full."""
    folded = [fold(word) for word in words]
    shares = {other: sum(word in OWN[other] for word in folded) / len(folded) for other in LATIN}
    best = max(shares, key=shares.get)
    if best == language or shares[best] < 0.15 or shares[best] < 3 * shares.get(language, 0):
        return None
    return best
