"""Put corrections of words into the text of a search."""

import re
from collections.abc import Mapping
from functools import partial

from .query_tokens import tokens_of


def correct_text(text: str, corrections: Mapping[str, str]) -> str:
    """Return a text with the words in `corrections` replaced; empty if there are none."""
    for words, correction in corrections.items():
        pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, words.split())) + r"(?!\w)"
        text = re.sub(pattern, partial(_with_case_of, correction), text, flags=re.IGNORECASE)
    return text if corrections else ""


def _with_case_of(correction: str, typed: re.Match[str]) -> str:
    """Return a correction, with a capital if what was typed begins with one and has small letters too."""
    is_capitalized = typed[0][:1].isupper() and not typed[0].isupper()
    return correction[:1].upper() + correction[1:] if is_capitalized else correction


def changes_quotation(text: str, corrections: Mapping[str, str]) -> bool:
    """Return whether a corrected word is in quotation marks, which ask for exactly what is inside them."""
    quoted = [token.text for token in tokens_of(text)[0] if token.kind == "quoted"]
    return any(correct_text(part, {word: ""}) != part for part in quoted for word in corrections)
