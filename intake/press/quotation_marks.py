"""Find the text between quotation marks, curly, straight or guillemets, and in paragraphs that begin with a dash."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from text.proper_names import UPPER

from .words import FRENCH, PARTICIPLE, SPANISH

# One that is not closed ends with its paragraph, unless the next begins with the mark again; a straight one is none.
PAIRS = {"“": "”", "«": "»", "„": "“”"}
CURLY = "|".join(rf"{mark}(?:[^{ends}\n]|\n\s*{mark})*(?:[{ends}]|(?=\n|\Z))" for mark, ends in PAIRS.items())
QUOTATION = re.compile(
    rf"(?:(?<![\w.,!?…”])(?=.[\s\u00a0]?[\w‘“\[(…¿¡])|(?<!\w)(?=[“«„]))(?:{CURLY}|\"(?:[^\"\n]|\n\s*\"(?=\w))*\")"
)
LINE = re.compile(r"\s*[“«„\"]\s*(?P<words>[^\n]*?)\s*[”»“\"]?(?:\s*\n|\Z)")
# Inside a French or Spanish quotation, the words that say who speaks: "…, a-t-elle ajouté. …", "… —añadió Ana Ruiz— …".
SAYS = rf"(?:(?:a-t-|dit-)(?:il|elle)(?:\s{PARTICIPLE})?|{FRENCH}|{SPANISH})(?![\w-])"
WHO = r"(?:\s(?:l[ae]\s|el\s)?[^\W\d_a-z][^,;—]{1,80}?)?(?<!\sM)(?<!\bDr)(?<!Dra)(?<!\bSr)(?<!Sra)"
IN_DASHES = rf"\s[—–]\s?{SAYS}[^—–\n]{{0,200}}[—–][.,;:]?(?=\s)"
INCISE = re.compile(rf"{IN_DASHES}|,\s{SAYS}{WHO}\s?[,.—–](?=\s)")
# A paragraph of dialogue: "—… —dijo Ana Ruiz—. …". Without the dash that closes them, these words end the speech.
DIALOGUE = re.compile(
    rf"^[ \t]*(?=—[^\n]*?,\s{SAYS}|[—–][^\n]*?\s[—–]\s?{SAYS})[—–]\s?(?P<words>[¿¡]?[{UPPER}][^\n]*\S)", re.M
)
SPOKEN = re.compile(rf"{IN_DASHES}|(?P<last>(?:,\s|\s[—–]\s?){SAYS})")


class Quotation(NamedTuple):
    """One quotation: `start` and `end` include the marks; `parts` are the offsets of its text, one pair a paragraph."""

    start: int
    end: int
    parts: tuple[tuple[int, int], ...]

    def words(self, text: str) -> str:
        """Return the quoted text, with an empty line between paragraphs."""
        return "\n\n".join(text[start:end] for start, end in self.parts)


def find_quotations(text: str) -> list[Quotation]:
    """Return all quotations of a text, in order. A quotation inside another is part of the outer one."""
    spoken = (Quotation(*line.span(), (line.span("words"),)) for line in DIALOGUE.finditer(text))
    found = [piece for one in spoken for piece in _without_incises(text, one, SPOKEN)]
    for match in QUOTATION.finditer(text):
        parts = tuple(line.span("words") for line in LINE.finditer(text, *match.span()))
        if not any(one.start < match.start() < one.end for one in found):
            found += _without_incises(text, Quotation(*match.span(), parts), INCISE)
    return sorted(found)


def _without_incises(text: str, one: Quotation, incise: re.Pattern[str]) -> Iterator[Quotation]:
    """Yield a quotation of one paragraph in the pieces between its incises, up to its last one."""
    (start, end), begin = one.parts[0], one.start
    for said in incise.finditer(text, start, end if len(one.parts) == 1 else start):
        stop = said.start() + (text[said.start()] == ",")
        yield Quotation(begin, stop, ((start, stop),))
        if said.lastgroup:
            return
        begin = start = said.end() + 1
    yield Quotation(begin, one.end, ((start, end), *one.parts[1:]))
