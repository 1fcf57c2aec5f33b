"""Bar charts, laid out so that a template can draw them as SVG without any arithmetic.

Heights are in em and follow the reader's text size; widths are in per cent and follow the window. Neither is localized.
"""

from __future__ import annotations

import textwrap
import unicodedata
from dataclasses import dataclass, field

from babel.numbers import format_decimal, format_percent
from django.utils.functional import Promise
from django.utils.text import capfirst

from text.localized import LocalizedText, content_language

LINE, BAR, GAP = 1.35, 0.7, 0.8  # in em: a line of a label, the bar below it, and the space between two bars
DESCENT = 0.1  # in em, below the last line of a label, for letters with descenders
COLUMNS = 34  # characters on a line of a label, so that it fits beside its number on a narrow phone


@dataclass
class Bar:
    """A number and its label; `address` is the page that lists what was counted, if there is one.

    `is_unknown` marks the bar of records whose value is not known. `share` is a text such as “40%”.
    """

    label: str | Promise
    number: int
    address: str = ""
    is_unknown: bool = False
    share: str = ""
    lines: list[tuple[str, str]] = field(default_factory=list)
    top: str = ""
    width: str = ""
    rest: str = ""

    @property
    def number_text(self) -> str:
        """The number in the language of the page, with separators."""
        return format_decimal(self.number, locale=content_language(), numbering_system="latn")

    @property
    def name(self) -> str:
        """The label with a capital letter; a LocalizedText if the label is one."""
        name = capfirst(str(self.label))
        return self.label.replaced_by(name) if isinstance(self.label, LocalizedText) else name

    @property
    def language(self) -> str:
        """The language of the label if it has another one than the page; otherwise empty."""
        language = self.label.language if isinstance(self.label, LocalizedText) else ""
        return language if language != content_language() else ""


@dataclass
class Chart:
    """Bars under a heading. `of` is the heading of the column of labels; `note` says what is counted.

    `total` is the number of records of which the bars show the shares. It may be less than the sum of the bars, because
    a record can count for several.
    """

    anchor: str
    title: str | Promise
    of: str | Promise
    note: str | Promise
    bars: list[Bar]
    total: int = 0
    height: str = ""

    def __post_init__(self) -> None:
        if self.total:
            for bar in self.bars:
                bar.share = format_percent(bar.number / self.total, locale=content_language(), numbering_system="latn")
        top, largest = 0.0, max((bar.number for bar in self.bars), default=1)
        for bar in self.bars:
            words = _wrap(capfirst(str(bar.label)))
            bar.lines = [(_em(top + LINE * (n + 0.75)), text) for n, text in enumerate(words)]
            bar.top = _em(top + LINE * len(words) + DESCENT)
            bar.width, bar.rest = _per_cent(bar.number / largest), _per_cent(1 - bar.number / largest)
            top += LINE * len(words) + DESCENT + BAR + GAP
        self.height = _em(top)


def _wrap(label: str) -> list[str]:
    """Return the lines of a label. A Chinese character is as wide as two others."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in label)
    columns = COLUMNS // 2 if wide > len(label) / 2 else COLUMNS
    return textwrap.wrap(label, columns) or [label]


def _em(length: float) -> str:
    return f"{length:.2f}em"


def _per_cent(share: float) -> str:
    return f"{100 * share:.2f}%"
