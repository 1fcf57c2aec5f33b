"""Lines of text in several fonts and directions: split into runs, put in visual order, measured and drawn.

Raqm orders and shapes text in one font. Where a line mixes fonts, such as a Latin name in an Arabic sentence, the runs
are ordered here, by the Unicode Bidirectional Algorithm (UAX 9) without explicit embeddings.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Any

from PIL import ImageDraw

from . import fonts

RTL, LTR = "rtl", "ltr"
# By bidirectional class. Arabic numbers (AN) are drawn with the Arabic text around them.
DIRECTIONS = {"L": LTR, "EN": LTR, "R": RTL, "AL": RTL, "AN": RTL}
ATTACHED = {"NSM", "BN"}  # marks and joiners belong to the character before them
TERMINATOR = "ET"  # a percent sign belongs to the number beside it


@dataclass(frozen=True)
class Style:
    """The look of a line: a weight of `fonts.FILES`, the size in pixels, and the language of the text."""

    weight: str
    size: int
    language: str


@dataclass(frozen=True)
class Run:
    """A piece of a line in one font and one direction."""

    text: str
    script: str
    direction: str


def base_direction(text: str) -> str:
    """Return the direction of the first letter that has one, as `dir="auto"` does in HTML."""
    classes = (unicodedata.bidirectional(character) for character in text)
    return next((DIRECTIONS[one] for one in classes if one in ("L", "R", "AL")), LTR)


def character_directions(text: str, base: str) -> list[str]:
    """Return the direction of each character. Neutral ones have that of both neighbours, or else the base direction."""
    classes = [unicodedata.bidirectional(character) for character in text]
    for (place, current), (next_place, following) in pairwise(enumerate(classes)):
        if current == TERMINATOR and following == "EN":
            classes[place] = "EN"
        elif following == TERMINATOR and current == "EN":
            classes[next_place] = "EN"
    strong = [DIRECTIONS.get(one) for one in classes]
    following_direction, following_directions = base, []
    for own in reversed(strong):
        following_direction = own or following_direction
        following_directions.append(following_direction)
    preceding, directions = base, []
    for own, after, one in zip(strong, reversed(following_directions), classes, strict=True):
        directions.append(own or (preceding if preceding == after or one in ATTACHED else base))
        preceding = own or preceding
    return directions


def character_scripts(text: str, style: Style) -> list[str]:
    """Return the script whose font draws each character. Characters of any font keep the font before them."""
    scripts: list[str] = []
    preceding = None
    for character in text:
        is_common = character in fonts.INVISIBLE or unicodedata.bidirectional(character) in ATTACHED
        script = preceding if is_common and preceding else fonts.script_for(character, style.weight, style.language)
        order = fonts.SCRIPT_ORDER.get(style.language, fonts.DEFAULT_SCRIPT_ORDER)
        preceding = script or preceding or order[0]
        scripts.append(preceding)
    return scripts


def visual_runs(text: str, style: Style) -> list[Run]:
    """Return the runs of a line from left to right."""
    base = base_direction(text)
    characters = zip(text, character_scripts(text, style), character_directions(text, base), strict=True)
    ordered = []
    for direction, stretch in groupby(characters, key=lambda character: character[2]):
        runs = [
            Run("".join(character[0] for character in piece), script, direction)
            for script, piece in groupby(stretch, key=lambda character: character[1])
        ]
        ordered.append(runs[::-1] if direction == RTL else runs)
    return [run for runs in (ordered[::-1] if base == RTL else ordered) for run in runs]


@lru_cache(maxsize=4096)  # a text is broken again and again until it fits
def text_width(text: str, style: Style) -> float:
    """Return the width of a line in pixels."""
    return sum(width for _run, width in _measured_runs(text, style))


def draw_text(draw: ImageDraw.ImageDraw, x: float, y: float, text: str, style: Style, fill: str) -> None:
    """Draw a line with its left edge at `x` and its baseline at `y`."""
    for run, width in _measured_runs(text, style):
        font = fonts.load_font(style.weight, run.script, style.size)
        draw.text((x, y), run.text, fill=fill, font=font, anchor="ls", **_shaping(run, style))
        x += width


def _measured_runs(text: str, style: Style) -> Iterator[tuple[Run, float]]:
    for run in visual_runs(text, style):
        font = fonts.load_font(style.weight, run.script, style.size)
        yield run, font.getlength(run.text, **_shaping(run, style))


def _shaping(run: Run, style: Style) -> dict[str, Any]:
    """Return Raqm's options for a run; without Raqm there are none."""
    return {"direction": run.direction, "language": style.language} if fonts.has_shaping() else {}
