"""A chart of bars, laid out so that a template draws it as it is: lengths in em and per cent, none of them localized.

Lengths in em follow the size of text that a reader chose; those in per cent the width of the window.
"""

import textwrap
import unicodedata
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.text import capfirst

from text.localized import LocalizedText

LINE, BAR, GAP = 1.35, 0.7, 0.8  # em: a line of a label, the bar beneath it, and what lies between two bars
UNDER = 0.1  # em that a label's last line keeps free for letters that reach below it
COLUMNS = 34  # of a label's line, so that it fits beside its number on the narrowest phone


@dataclass
class Bar:
    """A number and what it counts; `address` leads to what was counted, where a page lists that.

    `is_unknown` sets apart what could not be told.
    """

    label: str | Promise
    number: int
    address: str = ""
    is_unknown: bool = False
    lines: list = field(default_factory=list)
    top: str = ""
    width: str = ""
    rest: str = ""

    @property
    def name(self) -> str:
        """The label with a capital letter; a LocalizedText if the label is one."""
        name = capfirst(str(self.label))
        return LocalizedText(name, self.label.language) if isinstance(self.label, LocalizedText) else name


@dataclass
class Chart:
    """Bars under a heading; `of` names the column of labels and `note` says what is counted."""

    anchor: str
    title: str | Promise
    of: str | Promise
    note: str | Promise
    bars: list
    height: str = ""

    def __post_init__(self):
        place, longest = 0, max((bar.number for bar in self.bars), default=1)
        for bar in self.bars:
            words = wrap(capfirst(bar.label))
            bar.lines = [(em(place + LINE * (n + 0.75)), text) for n, text in enumerate(words)]
            bar.top = em(place + LINE * len(words) + UNDER)
            bar.width, bar.rest = per_cent(bar.number / longest), per_cent(1 - bar.number / longest)
            place += LINE * len(words) + UNDER + BAR + GAP
        self.height = em(place)


def wrap(label):
    """The lines of a label; a Chinese character takes the room of two others."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in label)
    columns = COLUMNS // 2 if wide > len(label) / 2 else COLUMNS
    return textwrap.wrap(label, columns) or [label]


def em(length):
    return f"{length:.2f}em"


def per_cent(share):
    return f"{100 * share:.2f}%"
