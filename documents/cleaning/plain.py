"""Plain text and Markdown: UTF-8 without a mark, and in Markdown nothing that a reader of it is not meant to see."""

import re
from collections import Counter

from documents.reading.plain import decode

FRONT_MATTER = re.compile(r"\A---[ \t]*\n((?:[\w .-]+:.*\n|[ \t#-].*\n|\n)+)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
# What stands between fences is shown as it is, a comment too.
FENCED = r"^(?P<fence>```+|~~~+).*?(?:^(?P=fence)|\Z)"
COMMENT = re.compile(
    rf"(?P<shown>{FENCED})|<!--.*?-->|^[ ]{{0,3}}\[(?://|comment)\]:[ ]*(?:\#|<>)[^\n]*\n?",
    re.DOTALL | re.MULTILINE,
)


def clean(data: bytes, found: Counter, kind: str) -> bytes:
    """Return the text; `found` counts what was taken out of it. Raises ValueError for what is not text."""
    text = decode(data)
    if kind == "md":
        text = _without_comments(_without_front_matter(text.replace("\r\n", "\n"), found), found)
    return text.encode() or b"\n"


def _without_front_matter(text: str, found: Counter) -> str:
    front = FRONT_MATTER.match(text)
    if not front:
        return text
    found["properties"] += len(re.findall(r"^[\w .-]+:", front[1], re.MULTILINE))
    return text[front.end() :]


def _without_comments(text: str, found: Counter) -> str:
    def take(match: re.Match) -> str:
        if match["shown"] is None:
            found["comments"] += 1
        return match["shown"] or ""

    return COMMENT.sub(take, text)
