"""Charts of numbers: bars to compare kinds, and columns for years. Pages draw them in HTML; `picture` is an SVG file.

The length of a bar is always in proportion to its number, from zero.
"""

from __future__ import annotations

import textwrap
import unicodedata
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language_bidi

from cards import drawing as colours
from text.lists import colon, in_brackets
from text.localized import LocalizedText, content_language
from text.numbers import grouped, percentage

COLUMN_HEIGHT = 9  # em: the highest column of a page
# The layout of a picture, in pixels.
WIDTH, MARGIN, TOP = 800, 32, 84
LINE, BAR, GAP = 22, 12, 16  # a line of a label, the bar below it, and the space between two bars
HEIGHT, BELOW = 240, 44  # the highest column, and the room for the years below it
COLUMN = 44  # the least room for a year and its number; many years make the picture wider
COLUMNS = 80  # characters on a line


@dataclass
class Bar:
    """A number and its label; `address` is the page that lists what was counted, if there is one.

    `is_unknown` marks the bar of records whose value is not known. `share` is a text such as “40%”. `part` is the
    number as a part of the largest one, and `width` and `height` are its length on a page.
    """

    label: str | Promise
    number: int
    address: str = ""
    is_unknown: bool = False
    share: str = ""
    part: float = 0.0

    @property
    def number_text(self) -> str:
        """The number in the language of the page, with separators."""
        return str(grouped(self.number))

    @property
    def name(self) -> str:
        """The label with a capital letter; a LocalizedText if the label is one."""
        name = capfirst(str(self.label))
        return self.label.replaced_by(name) if isinstance(self.label, LocalizedText) else name

    @property
    def width(self) -> str:
        """The length of a bar, in per cent."""
        return f"{100 * self.part:.2f}%"

    @property
    def height(self) -> str:
        """The height of a column, in em."""
        return f"{COLUMN_HEIGHT * self.part:.2f}em"


@dataclass
class Chart:
    """Bars under a heading. `of` is the heading of the column of labels; `note` says what is counted.

    `total` is the number of records of which the bars show the shares. It may be less than the sum of the bars, because
    a record can count for several. `is_series` is set where the bars follow each other in time.
    """

    anchor: str
    title: str | Promise
    of: str | Promise
    note: str | Promise
    bars: list[Bar]
    total: int = 0
    is_series: bool = False

    def __post_init__(self) -> None:
        largest = max((bar.number for bar in self.bars), default=0) or 1
        for bar in self.bars:
            bar.part = bar.number / largest
            if self.total:
                bar.share = percentage(bar.number / self.total)

    @property
    def steps(self) -> list[Bar]:
        """The bars that follow each other in time."""
        return [bar for bar in self.bars if not bar.is_unknown]

    @property
    def unknown(self) -> list[Bar]:
        """The bars of records whose value is not known."""
        return [bar for bar in self.bars if bar.is_unknown]


@dataclass
class Shape:
    """A bar in a picture: a rectangle, and texts with their places and the end at which they are anchored."""

    bar: Bar
    box: tuple[int, int, int, int]  # left, top, width and height
    texts: list[tuple[int, int, str, str]] = field(default_factory=list)


def picture(chart: Chart, source: str) -> str:
    """Return a chart as an SVG file in the language of the page; `source` says where its numbers come from."""
    is_rtl = get_language_bidi()
    width = max(WIDTH, 2 * MARGIN + COLUMN * len(chart.steps)) if chart.is_series else WIDTH
    shapes, height = _columns(chart, is_rtl, width) if chart.is_series else _rows(chart, is_rtl)
    unknown = [f"{bar.name}{colon()}{bar.number_text}" for bar in chart.unknown] if chart.is_series else []
    notes = [*unknown, *_wrap(str(chart.note)), *_wrap(source)]
    context = {
        "chart": chart,
        "shapes": shapes,
        "notes": [(height + LINE * (n + 1), text) for n, text in enumerate(notes)],
        "width": width,
        "height": height + LINE * (len(notes) + 1),
        "start": width - MARGIN if is_rtl else MARGIN,
        "end": width - MARGIN,
        "direction": "rtl" if is_rtl else "ltr",
        "language": content_language(),
        "colours": colours,
    }
    return render_to_string("contributions/chart.svg", context)


def _rows(chart: Chart, is_rtl: bool) -> tuple[list[Shape], int]:
    """Return the bars of a chart one below the other, and where they end."""
    shapes, top, room = [], TOP, WIDTH - 2 * MARGIN
    for bar in chart.bars:
        lines, length = _wrap(capfirst(str(bar.label))), round(room * bar.part)
        start, end = (WIDTH - MARGIN, MARGIN) if is_rtl else (MARGIN, WIDTH - MARGIN)
        texts = [(start, top + LINE * n + 16, "start", line) for n, line in enumerate(lines)]
        number = bar.number_text + (in_brackets(bar.share) if bar.share else "")
        texts.append((end, top + 16, "end", number))
        bottom = top + LINE * len(lines)
        shapes.append(Shape(bar, (WIDTH - MARGIN - length if is_rtl else MARGIN, bottom, length, BAR), texts))
        top = bottom + BAR + GAP
    return shapes, top


def _columns(chart: Chart, is_rtl: bool, room: int) -> tuple[list[Shape], int]:
    """Return the bars of a chart as columns beside each other, the first one where a line of text begins."""
    shapes, step = [], (room - 2 * MARGIN) // max(len(chart.steps), 1)
    for number, bar in enumerate(reversed(chart.steps) if is_rtl else chart.steps):
        width, high = min(round(step * 0.7), 80), round(HEIGHT * bar.part)
        middle, base = MARGIN + step * number + step // 2, TOP + LINE + HEIGHT
        texts = [(middle, base - high - 8, "middle", bar.number_text), (middle, base + LINE, "middle", str(bar.name))]
        shapes.append(Shape(bar, (middle - width // 2, base - high, width, high), texts))
    return shapes, TOP + LINE + HEIGHT + BELOW


def _wrap(text: str) -> list[str]:
    """Return the lines of a text. A Chinese character is as wide as two others."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return textwrap.wrap(text, COLUMNS // 2 if wide > len(text) / 2 else COLUMNS) or [text]
