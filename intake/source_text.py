"""The text of a press release as it was received: unwrap its lines, and find the words of a quote in it."""

import re

WRAPPED_LINE_WIDTH = 110  # characters; a text with longer lines was not wrapped
# A dash after a full stop begins a line of a list or of dialogue.
LINE_END = re.compile(r"(?<=[^\n])\n(?=[^\n])(?!(?<=[.!?:;»”]\n)[ \t]*[—–])")
MARKS = re.compile(r"[“”„«»\"‘’']")
EDITORIAL = re.compile(r"\s*\[[^\]]*\]\s*")  # “[…]” for words left out, “[the law]” for words that explain


def unwrap_lines(text: str) -> str:
    """Replace line ends inside paragraphs by spaces if the text was wrapped. Its length stays the same."""
    is_long = max(map(len, text.split("\n"))) > WRAPPED_LINE_WIDTH
    if is_long or "\n\n" not in text or len(LINE_END.findall(text)) < text.count("\n\n"):
        return text
    return LINE_END.sub(" ", text)


def is_in_source(words: str, source: str) -> bool:
    """Return whether the source has each piece of a quote as it is; quotation marks and line ends may differ."""
    flowing = _flowing(source)
    return all(_flowing(piece) in flowing for piece in EDITORIAL.split(words))


def _flowing(text: str) -> str:
    return " ".join(MARKS.sub("", text).split())
