"""Text whose lines were wrapped to a fixed width, as in an email."""

import re

WRAPPED_LINE_WIDTH = 110  # characters; a text with longer lines was not wrapped
LINE_END = re.compile(r"(?<=[^\n])\n(?=[^\n])")


def unwrap_lines(text: str) -> str:
    """Replace line ends inside paragraphs by spaces if the text was wrapped. Its length stays the same."""
    is_long = max(map(len, text.split("\n"))) > WRAPPED_LINE_WIDTH
    if is_long or "\n\n" not in text or len(LINE_END.findall(text)) < text.count("\n\n"):
        return text
    return LINE_END.sub(" ", text)
