"""Find the text between quotation marks: curly, straight, or guillemets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .speech_verbs import FRENCH, PARTICIPLE, SPANISH

CLOSING_MARKS = {"“": "”", "«": "»", "„": "“”", '"': '"'}
OPENING_MARK = re.compile(r"(?<![\w.,!?…”])[“«„\"](?=[\s\u00a0]?[\w‘“\[(…¿¡])|(?<![\w])[“«„]")
# Inside a French or Spanish quotation, the words that say who speaks: "…, a-t-elle ajouté. …", "… —añadió Ana Ruiz— …".
WHO = r"(?:\s(?:l[ae]\s|el\s)?[^\W\d_a-z][^,;—]{1,80}?)?"
INCISE = re.compile(
    rf"(?:,\s|\s[—–]\s?)(?:(?:a-t-|dit-)(?:il|elle)(?:\s{PARTICIPLE})?|(?:{FRENCH}|{SPANISH}){WHO})"
    r"(?<!\sM)(?<!\bDr)(?<!Dra)(?<!\bSr)(?<!Sra)\s?[,.—–](?=\s)"
)


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
            found += _without_incises(text, quotation)
        place = quotation.end if quotation else match.end()
    return found


def _without_incises(text: str, one: Quotation) -> Iterator[Quotation]:
    """Yield a quotation of one paragraph in the pieces between its incises."""
    (start, end), begin = one.parts[0], one.start
    for said in INCISE.finditer(text, start, end if len(one.parts) == 1 else start):
        stop = said.start() + (text[said.start()] == ",")
        yield Quotation(begin, stop, ((start, stop),))
        begin = start = said.end() + 1
    yield Quotation(begin, one.end, ((start, end), *one.parts[1:]))


def _read_quotation(text: str, start: int) -> Quotation | None:
    """Return the quotation opened at `start`, or None if it is never closed.

    It goes on in the next paragraph if that starts with the mark again. One that is not closed ends with its paragraph,
    unless the marks are straight, which are too ambiguous for that.
    """
    mark, place = text[start], start + 1
    parts: list[tuple[int, int]] = []
    while True:
        line_end = text.find("\n", place) % (len(text) + 1)
        ends = (at for at in range(place, line_end) if text[at] in CLOSING_MARKS[mark])
        closing = next((at for at in ends if mark != '"' or not OPENING_MARK.match(text, at)), None)
        words = text[place : line_end if closing is None else closing]
        first = place + len(words) - len(words.lstrip())
        parts.append((first, max(first, place + len(words.rstrip()))))
        if closing is not None:
            return Quotation(start, closing + 1, tuple(parts))
        again = re.compile(rf"\s*{re.escape(mark)}").match(text, line_end)
        if not again:
            return None if mark == '"' and len(parts) == 1 else Quotation(start, line_end, tuple(parts))
        place = again.end()
