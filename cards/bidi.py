"""One line of text as runs that a font can draw: of one font and one direction, in the order in which they stand.

Raqm orders and joins what is of one font; where a line mixes fonts, an Arabic sentence with a Latin name for instance,
the runs are put in order here, as Unicode's rules (UAX 9) have it for one level of embedding.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from . import fonts

RIGHT, LEFT = "rtl", "ltr"
DIRECTIONS = {"L": LEFT, "EN": LEFT, "R": RIGHT, "AL": RIGHT, "AN": RIGHT}
ATTACHED = {"NSM", "BN"}  # marks and joiners stay with the letter before them
OF_NUMBERS = {"ET"}  # a percent sign stands beside its number


@dataclass(frozen=True)
class Style:
    """How a line is set: one of the weights of `fonts.FILES`, a size in pixels, the language of the words."""

    weight: str
    size: int
    language: str


@dataclass(frozen=True)
class Run:
    """Words of one font and one direction."""

    text: str
    script: str
    direction: str


def direction_of(text):
    """The direction of a text by its first letter that has one, as `dir="auto"` finds it."""
    kinds = (unicodedata.bidirectional(character) for character in text)
    return next((RIGHT if kind in ("R", "AL") else LEFT for kind in kinds if kind in ("L", "R", "AL")), LEFT)


def directions(text, base):
    """The direction of each character; what has none takes that of its neighbours, or the line's."""
    kinds = [unicodedata.bidirectional(character) for character in text]
    for (place, kind), (other, neighbour) in pairwise(enumerate(kinds)):
        if kind in OF_NUMBERS and neighbour == "EN":
            kinds[place] = "EN"
        elif neighbour in OF_NUMBERS and kind == "EN":
            kinds[other] = "EN"
    found = [DIRECTIONS.get(kind) for kind in kinds]
    before, afters = base, []
    for own in reversed(found):
        afters.append(before := own or before)
    before = base
    for place, (own, after) in enumerate(zip(found, reversed(afters), strict=True)):
        found[place] = own or (before if before == after or kinds[place] in ATTACHED else base)
        before = found[place] if own else before
    return found


def scripts(text, style):
    """The script whose font draws each character; what any font may draw stays with the one before it."""
    found, before = [], None
    for character in text:
        stays = character in fonts.INVISIBLE or unicodedata.bidirectional(character) in ATTACHED
        script = before if stays and before else fonts.script_for(character, style.weight, style.language)
        found.append(before := script or before or fonts.FIRST.get(style.language, fonts.OTHERS)[0])
    return found


def runs(text, style):
    """The runs of a line from left to right."""
    base = direction_of(text)
    marked = list(zip(text, scripts(text, style), directions(text, base), strict=True))
    ordered = []
    for direction, stretch in groupby(marked, key=lambda mark: mark[2]):
        inner = [
            Run("".join(mark[0] for mark in some), script, direction)
            for script, some in groupby(stretch, key=lambda mark: mark[1])
        ]
        ordered.append(inner[::-1] if direction == RIGHT else inner)
    return [run for stretch in (ordered[::-1] if base == RIGHT else ordered) for run in stretch]


def options(run, style):
    """What Raqm wants to know of a run; without Raqm there is nothing to say."""
    return {"direction": run.direction, "language": style.language} if fonts.has_shaping() else {}


@lru_cache(maxsize=4096)  # a text is broken again and again until it fits
def width(text, style):
    """The width of a line in pixels."""
    return sum(
        fonts.font(style.weight, run.script, style.size).getlength(run.text, **options(run, style))
        for run in runs(text, style)
    )


def write(draw, x, y, text, style, fill):
    """Draw a line that begins at its left edge `x`, on the baseline `y`."""
    for run in runs(text, style):
        font = fonts.font(style.weight, run.script, style.size)
        draw.text((x, y), run.text, fill=fill, font=font, anchor="ls", **options(run, style))
        x += font.getlength(run.text, **options(run, style))
