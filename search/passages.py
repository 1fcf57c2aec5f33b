"""Passages: the parts of a record's text that have addresses of their own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext

SEPARATOR = "\x1e"  # between two passages; ASCII names it the record separator

SHORT = 60  # characters of a passage that may be a heading

Place: TypeAlias = tuple[str, str, int]  # (address after that of the record, unit, number)


class Passage(NamedTuple):
    """A part of a record's text that has an address of its own: a paragraph of its text or of a file.

    `unit` and `number` name it for readers, such as "page" and 12; `RecordIndex.units` has the labels. Where numbers
    begin again in another part, the unit ends in that part: "paragraph/2" is a paragraph of part 2. A passage that
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
    def parts(self) -> list[str]:
        """The texts of the passages, in order."""
        return self.text.split(SEPARATOR) if self.places else []

    def address(self, number: int) -> str:
        """Return the address of a passage."""
        return self.url + self.places[number][0]

    def label(self, number: int) -> str:
        """Return what a passage is called, such as "Page 12"; empty if it has no name."""
        _address, unit, count = self.places[number]
        name, _slash, part = unit.partition("/")
        label = str(self.units[name]) % count if name else ""
        return gettext("%(label)s (part %(part)s)") % {"label": label, "part": part} if part else label

    @property
    def opening(self) -> str:
        """The passage whose first words tell what a record is about: one that is probably no heading."""
        long = (part for part in self.parts if len(part) > SHORT)
        # Headings have no unit.
        named = (part for part, (_address, unit, _number) in zip(self.parts, self.places, strict=True) if unit)
        return next((part for some in (long, named, self.parts) for part in some), "")
