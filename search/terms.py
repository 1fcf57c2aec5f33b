"""Terms of the vocabulary as staff write them, and the words by which terms are compared."""

import re
from collections.abc import Iterable
from typing import TypeAlias

from text.words import fold, words_of

SEPARATOR = re.compile(r"[;；؛\r\n]+")  # semicolons of Latin, Chinese and Arabic keyboards

TermKey: TypeAlias = tuple[str, ...]


def split_terms(text: str) -> list[str]:
    """Return the terms of a list, which are divided by semicolons or on lines of their own."""
    return [term for part in SEPARATOR.split(text) if (term := " ".join(part.split()))]


def join_terms(terms: Iterable[str]) -> str:
    """Return terms as a list that `split_terms` reads."""
    return "; ".join(terms)


def term_key(term: str) -> TermKey:
    """Return the folded words of a term. Two terms with the same words are the same term."""
    return tuple(map(fold, words_of(term)))
