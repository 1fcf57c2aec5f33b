"""Find the text between quotation marks: curly, straight, guillemets or single marks."""

import re
from dataclasses import dataclass

CLOSING_MARKS = {"“": "”", "«": "»", "„": "“”", '"': '"', "‘": "’", "'": "'"}
SINGLE_MARKS = "‘'"
OPENING_MARK = re.compile(r"(?<![\w.,!?…”])[“«„\"‘'](?=[\s\u00a0]?[\w‘“\[(…¿¡])|(?<![\w])[“«„]")
MAX_LENGTH = 6000  # characters of one quotation


@dataclass(frozen=True)
class Quotation:
    """One quotation: `start` and `end` include the marks; `parts` are the offsets of its text, one pair a paragraph."""

    start: int
    end: int
    parts: tuple[tuple[int, int], ...]

    def words(self, text: str) -> str:
        """Return the quoted text, with an empty line between paragraphs."""
        return "\n\n".join(text[start:end] for start, end in self.parts)


def find_quotations(text: str) -> list[Quotation]:
    """Return all quotations of a text, in order. A quotation inside another is part of the outer one."""
    found, place = [], 0
    while match := OPENING_MARK.search(text, place):
        quotation = _read_quotation(text, match.start())
        if quotation:
            found.append(quotation)
        place = quotation.end if quotation else match.end()
    return found


def _read_quotation(text: str, start: int) -> Quotation | None:
    """Return the quotation opened at `start`, or None if it is never closed.

    It may extend over several paragraphs if each of them starts with the mark again.
    """
    mark, place = text[start], start + 1
    parts: list[tuple[int, int]] = []
    while True:
        line_end = text.find("\n", place)
        line_end = len(text) if line_end < 0 else line_end
        closing = _find_closing(text, place, line_end, mark)
        if closing is not None:
            return Quotation(start, closing + 1, (*parts, _trimmed(text, place, closing)))
        again = re.compile(rf"\s*{re.escape(mark)}").match(text, line_end)
        if not again or mark in SINGLE_MARKS:
            return _close_at_paragraph_end(text, start, place, line_end, mark, parts)
        parts.append(_trimmed(text, place, line_end))
        place = again.end()
        if place - start > MAX_LENGTH:
            return None


def _close_at_paragraph_end(
    text: str, start: int, place: int, line_end: int, mark: str, parts: list[tuple[int, int]]
) -> Quotation | None:
    """End an unclosed quotation with its paragraph. Straight and single marks are too ambiguous for that."""
    if mark in "\"'‘" and not parts:
        return None
    return Quotation(start, line_end, (*parts, _trimmed(text, place, line_end)))


def _find_closing(text: str, start: int, end: int, mark: str) -> int | None:
    if mark in SINGLE_MARKS:
        return _find_closing_single(text, start, end, CLOSING_MARKS[mark])
    depth = 0
    for place in range(start, end):
        letter = text[place]
        if letter in CLOSING_MARKS[mark] and (mark != '"' or not _is_opening_straight(text, place)):
            if not depth:
                return place
            depth -= 1
        elif letter == mark and mark != '"':
            depth += 1
    return None


def _is_opening_straight(text: str, place: int) -> bool:
    """Return whether a straight mark opens a quotation: it follows a space and precedes a word."""
    return text[place - 1 : place].isspace() and text[place + 1 : place + 2].isalnum()


def _find_closing_single(text: str, start: int, end: int, mark: str) -> int | None:
    """Return the closing single mark. Prefer one after punctuation: any other may be an apostrophe."""
    places = [at for at in range(start, end) if text[at] == mark and not text[at + 1 : at + 2].isalnum()]
    ended = [at for at in places if text[at - 1] in ",.!?…"]
    return next(iter(ended or places), None)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
