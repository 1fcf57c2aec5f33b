"""Whether the words of a quote are those of its source."""

import re

MARKS = re.compile(r"[“”„«»\"‘’']")
EDITORIAL = re.compile(r"\s*\[[^\]]*\]\s*")  # “[…]” for words left out, “[the law]” for words that explain


def is_in_source(words: str, source: str) -> bool:
    """Return whether the source has each piece of a quote as it is; quotation marks and line ends may differ."""
    flowing = _flowing(source)
    return all(_flowing(piece) in flowing for piece in EDITORIAL.split(words))


def _flowing(text: str) -> str:
    return " ".join(MARKS.sub("", text).split())
