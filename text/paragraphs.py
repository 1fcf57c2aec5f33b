"""Paragraphs of plain text, in which the end of a line can be the end of a paragraph or of a column."""

import re
from collections.abc import Iterator, Sequence

from .words import HAN

LONGEST_WRAPPED = 120  # characters; nothing wraps lines at more, so a longer line is a paragraph
NARROWEST = 40  # characters; in a narrower column, as of a poem or an address, lines say nothing about paragraphs
SLACK = 0.1  # of a column; letters have different widths, so that full lines differ by some characters
SENTENCE_ENDS = frozenset(".!?…:;。！？：；؟؛۔")
CLOSING_MARKS = "\"'”’»)]"  # that follow the end of a sentence
ENUMERATION = re.compile(r"(?:\d{1,3}[.)]|\(\w{1,4}\)|[•·–—-])\s")
FIRST_WORD = re.compile(r"\S+")
BLANK_LINE = re.compile(r"\n\s*\n")
HAN_AT_BOTH_ENDS = re.compile(rf"(?<=[{HAN}，。；：、！？])\n(?=[{HAN}])")


def plain_paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a plain text, each on one line.

    Blank lines separate paragraphs. In text without them, as programs read it from a PDF, a paragraph ends with a line
    that is too short for its column.
    """
    width = column_width(text.split("\n"))
    return [
        " ".join(HAN_AT_BOTH_ENDS.sub("", "\n".join(lines)).split())
        for part in BLANK_LINE.split(text)
        for lines in split_lines(part.strip("\n").split("\n"), width)
        if any(line.strip() for line in lines)
    ]


def column_width(lines: Sequence[str]) -> int:
    """Return how many characters fit on a line of a wrapped text."""
    lengths = sorted(length for length in map(len, map(str.rstrip, lines)) if 0 < length <= LONGEST_WRAPPED)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def split_lines(lines: Sequence[str], width: int) -> Iterator[list[str]]:
    """Yield the lines of each paragraph. `width` is that of the column."""
    first, full = 0, width * (1 - SLACK)
    for last in range(len(lines) - 1):
        length = len(lines[last])
        if full < length <= LONGEST_WRAPPED:  # most lines: this costs less than looking at them
            continue
        if _ends_paragraph(lines[last].rstrip(), lines[last + 1], width):
            yield list(lines[first : last + 1])
            first = last + 1
    yield list(lines[first:])


def _ends_paragraph(line: str, following: str, width: int) -> bool:
    """Return whether a line ends a paragraph: the next word would have fitted, but the writer began a new line."""
    if len(line) <= LONGEST_WRAPPED and width < NARROWEST:
        return False
    is_sentence = line.rstrip(CLOSING_MARKS)[-1:] in SENTENCE_ENDS
    if len(line) > LONGEST_WRAPPED:
        return is_sentence
    word = FIRST_WORD.search(following)
    room = width - len(line) - (len(word[0]) if word else 0)
    return room > width * (SLACK if is_sentence or ENUMERATION.match(following.lstrip()) else 0.4)
