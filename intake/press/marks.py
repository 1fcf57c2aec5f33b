"""What stands between quotation marks, whatever their form: curly, straight, guillemets, single ones outermost."""

import re
from dataclasses import dataclass

PAIRS = {"“": "”", "«": "»", "„": "“”", '"': '"', "‘": "’", "'": "'"}
SINGLE = "‘'"
OPENS = re.compile(r"(?<![\w.,!?…”])[“«„\"‘'](?=[\s\u00a0]?[\w‘“\[(…¿¡])|(?<![\w])[“«„]")
MOST = 6000  # characters that one quotation may have


@dataclass(frozen=True)
class Quotation:
    """One pair of marks: `start` and `end` with them, `parts` the places of the words between, one a paragraph."""

    start: int
    end: int
    parts: tuple[tuple[int, int], ...]

    def words(self, text):
        return "\n\n".join(text[start:end] for start, end in self.parts)


def quotations(text):
    """All quotations of a text, in order; what is quoted within one belongs to it."""
    found, place = [], 0
    while match := OPENS.search(text, place):
        quotation = _quotation(text, match.start())
        if quotation:
            found.append(quotation)
        place = quotation.end if quotation else match.end()
    return found


def _quotation(text, start):
    """What the mark at `start` opens, over as many paragraphs as begin with a mark again; None if nothing closes it."""
    mark, parts, place = text[start], [], start + 1
    while True:
        line_end = text.find("\n", place)
        line_end = len(text) if line_end < 0 else line_end
        closing = _closing(text, place, line_end, mark)
        if closing is not None:
            return Quotation(start, closing + 1, (*parts, _trimmed(text, place, closing)))
        again = re.compile(rf"\s*{re.escape(mark)}").match(text, line_end)
        if not again or mark in SINGLE:
            return _left_open(text, start, place, line_end, mark, parts)
        parts.append(_trimmed(text, place, line_end))
        place = again.end()
        if place - start > MOST:
            return None


def _left_open(text, start, place, line_end, mark, parts):
    """A quotation whose closing mark was forgotten ends with its paragraph; a straight or single mark is no sign."""
    if mark in "\"'‘" and not parts:
        return None
    return Quotation(start, line_end, (*parts, _trimmed(text, place, line_end)))


def _closing(text, start, end, mark):
    if mark in SINGLE:
        return _closing_single(text, start, end, PAIRS[mark])
    depth = 0
    for place in range(start, end):
        letter = text[place]
        if letter in PAIRS[mark] and (mark != '"' or not _opens(text, place)):
            if not depth:
                return place
            depth -= 1
        elif letter == mark and mark != '"':
            depth += 1
    return None


def _opens(text, place):
    """Whether a straight mark opens: behind a space and before a word."""
    return text[place - 1 : place].isspace() and text[place + 1 : place + 2].isalnum()


def _closing_single(text, start, end, mark):
    """An apostrophe looks like a closing mark: one behind punctuation is taken before one behind a plural."""
    places = [at for at in range(start, end) if text[at] == mark and not text[at + 1 : at + 2].isalnum()]
    ended = [at for at in places if text[at - 1] in ",.!?…"]
    return next(iter(ended or places), None)


def _trimmed(text, start, end):
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
