"""Split a text into sentences and paragraphs. Offsets never change, so results apply to the original text."""

import re
from collections.abc import Iterable

FILLED = "\ue000"  # replaces each character between quotation marks
TITLES = r"Mr|Mrs|Ms|Mx|Dr|Dra|Prof|Amb|Hon|St|Jr|Sra?|H\.E|Ph\.D|Lt|Cdr|Col|Capt|Maj|Gen|Brig|Sgt|Fr|Rev|Msgr|Eng"
ABBREVIATION = re.compile(rf"(?:\b(?:{TITLES}|No|vs|[A-Z])|\.[A-Z])$")
SENTENCE_END = re.compile(r"[.!?;](?=[\s\ue000]|$)|\n")


def blank_out(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Replace each character inside the spans by FILLED, line ends included."""
    for start, end in spans:
        text = text[:start] + FILLED * (end - start) + text[end:]
    return text


def sentence_ends(prose: str) -> list[int]:
    """Return the offsets after which a new sentence starts, in order."""
    return [
        match.end()
        for match in SENTENCE_END.finditer(prose)
        if match[0] != "." or not ABBREVIATION.search(prose, max(0, match.start() - 6), match.start())
    ]


def sentence_at(ends: list[int], start: int, end: int, length: int) -> tuple[int, int]:
    """Return the offsets of the sentence around a span; `ends` are those of all sentences of a text of this length."""
    return max([0, *(one for one in ends if one <= start)]), min([length, *(one for one in ends if one >= end)])


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each line that is not blank."""
    return [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]


def is_heading(line: str) -> bool:
    """Return whether a line looks like a heading: short, and not a sentence."""
    line = line.strip()
    return 0 < len(line) <= 140 and line[-1] not in '.!?:;,”"»' and len(line.split()) <= 20
