"""Passages: the parts of a record's text that have addresses of their own."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Self, TypeAlias

from django.utils.functional import Promise

SEPARATOR = "\x1e"  # between two passages; ASCII names it the record separator

SHORT = 60  # characters of a passage that may be a heading

Place: TypeAlias = tuple[str, str, int]  # (address after that of the record, unit, number)


@dataclass(frozen=True)
class Passage:
    """A part of a record's text that has an address of its own: a paragraph of its text or of a file.

    `unit` and `number` name it for readers, such as "page" and 12; `RecordIndex.units` has the labels. A passage that
    continues the one before it is indexed with it, so that phrases are found that reach across both.
    """

    text: str
    url: str
    unit: str = ""
    number: int = 0
    language: str = "en"
    is_file: bool = False
    continues: bool = False


@dataclass(frozen=True)
class PassageTexts:
    """The passages of a record in one text, which is searched at once, with the place of each."""

    text: str
    places: Sequence[Place]
    url: str  # of the record
    units: Mapping[str, str | Promise]

    @classmethod
    def of(cls, passages: Iterable[Passage], url: str, units: Mapping[str, str | Promise]) -> Self:
        """Join passages, without those that are empty. Their addresses begin with that of the record."""
        some = [passage for passage in passages if passage.text.strip()]
        text = SEPARATOR.join(passage.text.replace(SEPARATOR, " ") for passage in some)
        return cls(text, [(one.url.removeprefix(url), one.unit, one.number) for one in some], url, units)

    @cached_property
    def starts(self) -> list[int]:
        """Where each passage begins in the text."""
        lengths = [len(part) + 1 for part in self.text.split(SEPARATOR)] if self.places else []
        return list(accumulate(lengths, initial=0))[: len(self.places)]

    def range(self, number: int) -> tuple[int, int]:
        """Return where the passage with this number, counted from 0, begins and ends in the text."""
        return self.starts[number], self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.text)

    def passage(self, number: int) -> str:
        """Return the text of a passage."""
        start, stop = self.range(number)
        return self.text[start:stop]

    def numbers(self, find: Callable[[int], int]) -> Iterator[int]:
        """Yield the numbers of the passages in which something occurs. `find` is as `str.find` with a start alone."""
        at = find(0)
        while at >= 0:
            number = bisect_right(self.starts, at) - 1
            yield number
            at = find(self.range(number)[1])

    def address(self, number: int) -> str:
        """Return the address of a passage."""
        return self.url + self.places[number][0]

    def label(self, number: int) -> str:
        """Return what a passage is called, such as "Page 12"; empty if it has no name."""
        _address, unit, count = self.places[number]
        return str(self.units[unit]) % count if unit else ""

    @property
    def opening(self) -> str:
        """The passage whose first words tell what a record is about: one that is probably no heading."""
        numbers = range(len(self.places))
        long = (number for number in numbers if len(self.passage(number)) > SHORT)
        named = (number for number in numbers if self.places[number][1])  # headings have no unit
        first = next((number for some in (long, named, numbers) for number in some), None)
        return "" if first is None else self.passage(first)
