"""Find the text between quotation marks: curly, straight, guillemets or single marks."""

import re
from dataclasses import dataclass

CLOSING_MARKS = {"“": "”", "«": "»", "„": "“”", '"': '"', "‘": "’", "'": "'"}
SINGLE_MARKS = "‘'"
OPENING_MARK = re.compile(r"(?<![\w.,!?…”])[“«„\"‘'](?=[\s\u00a0]?[\w‘“\[(…¿¡])|(?<![\w])[“«„]")
MAX_PARAGRAPHS = 20  # of one quotation


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
        if quotation := _read_quotation(text, match.start()):
            found.append(quotation)
        place = quotation.end if quotation else match.end()
    return found


def _read_quotation(text: str, start: int) -> Quotation | None:
    """Return the quotation opened at `start`, or None if it is never closed.

    Where each paragraph starts with the mark again, it goes on. One that is not closed ends with its paragraph, unless
    the marks are straight or single, which are too ambiguous for that.
    """
    mark, place = text[start], start + 1
    parts: list[tuple[int, int]] = []
    while len(parts) < MAX_PARAGRAPHS:
        line_end = text.find("\n", place) % (len(text) + 1)
        closing = _find_closing(text, place, line_end, mark)
        stop = line_end if closing is None else closing
        parts.append(_trimmed(text, place, stop))
        again = re.compile(rf"\s*{re.escape(mark)}").match(text, line_end)
        if closing is not None:
            return Quotation(start, closing + 1, tuple(parts))
        if not again or mark in SINGLE_MARKS:
            return None if mark in "\"'‘" and len(parts) == 1 else Quotation(start, line_end, tuple(parts))
        place = again.end()
    return None


def _find_closing(text: str, start: int, end: int, mark: str) -> int | None:
    depth = 0
    places = [at for at in range(start, end) if text[at] in CLOSING_MARKS[mark] or text[at] == mark]
    if mark in SINGLE_MARKS:  # prefer a mark after punctuation: any other may be an apostrophe
        places = [at for at in places if text[at] in CLOSING_MARKS[mark] and not text[at + 1 : at + 2].isalnum()]
        return next(iter([at for at in places if text[at - 1] in ",.!?…"] or places), None)
    for place in places:
        opens = text[place - 1 : place].isspace() and text[place + 1 : place + 2].isalnum() if mark == '"' else False
        if text[place] in CLOSING_MARKS[mark] and not opens:
            if not depth:
                return place
            depth -= 1
        elif mark != '"':
            depth += 1
    return None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), max(start, end - len(words) + len(words.rstrip()))
