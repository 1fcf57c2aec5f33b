"""Clean copies of plain text and Markdown: UTF-8 without a byte order mark; Markdown without what is never shown."""

import re
from collections import Counter

from ..reading.text import decode_text

FRONT_MATTER = re.compile(r"\A---[ \t]*\n((?:[\w .-]+:.*\n|[ \t#-].*\n|\n)+)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
# Text between fences is shown as it is, comments included.
FENCED = r"^(?P<fence>```+|~~~+).*?(?:^(?P=fence)|\Z)"
COMMENT = re.compile(
    rf"(?P<shown>{FENCED})|<!--.*?-->|^[ ]{{0,3}}\[(?://|comment)\]:[ ]*(?:\#|<>)[^\n]*\n?",
    re.DOTALL | re.MULTILINE,
)


def clean_text(data: bytes, found: Counter[str]) -> bytes:
    """Return text in UTF-8; `found` stays as it is. Raise ValueError if the data is not text."""
    return decode_text(data).encode() or b"\n"


def clean_markdown(data: bytes, found: Counter[str]) -> bytes:
    """Return Markdown in UTF-8 without front matter and comments, which `found` counts.

    Raise ValueError if the data is not text.
    """
    text = decode_text(data).replace("\r\n", "\n")
    return _without_comments(_without_front_matter(text, found), found).encode() or b"\n"


def _without_front_matter(text: str, found: Counter[str]) -> str:
    front = FRONT_MATTER.match(text)
    if not front:
        return text
    found["properties"] += len(re.findall(r"^[\w .-]+:", front[1], re.MULTILINE))
    return text[front.end() :]


def _without_comments(text: str, found: Counter[str]) -> str:
    def replacement(match: re.Match[str]) -> str:
        if match["shown"] is None:
            found["comments"] += 1
        return match["shown"] or ""

    return COMMENT.sub(replacement, text)
