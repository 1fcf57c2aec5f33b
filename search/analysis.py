"""How text is cut into the terms that are compared: for the index, for queries and for marking passages alike."""

import re
from functools import lru_cache

from whoosh.analysis import CharsetFilter, LowercaseFilter, RegexTokenizer, StemFilter, StopFilter
from whoosh.support.charset import accent_map

# Accents and vowel signs that stand as characters of their own after their letter, and the Arabic stroke.
MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u0640"
LETTERS = rf"\w[\w{MARKS}]*"
TOKENIZER = RegexTokenizer(rf"{LETTERS}(\.?{LETTERS})*")
WITHOUT_MARKS = {ord(mark): None for mark in map(chr, range(0x0300, 0x0671)) if re.match(f"[{MARKS}]", mark)}
FOLDING = {**accent_map, **WITHOUT_MARKS}
ANALYZER = TOKENIZER | LowercaseFilter() | CharsetFilter(FOLDING) | StopFilter() | StemFilter()


def terms(text):
    """Each term of a text with where its word begins and ends, in characters."""
    for word in TOKENIZER.expression.finditer(text):
        if term := term_of(word[0]):
            yield term, word.start(), word.end()


@lru_cache(50_000)
def term_of(word):
    """The term that a word is compared by; None for one too common to compare."""
    return next((token.text for token in ANALYZER(word)), None)


def folded(text):
    """A text in small letters without accents, as terms are but for their endings."""
    text = text.lower()
    return text if text.isascii() else text.translate(FOLDING)
