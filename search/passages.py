"""Passages: the parts of a record's text that have addresses of their own."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext

from text.words import HAN

SEPARATOR = "\x1e"  # between two passages; ASCII names it the record separator

SHORT = 60  # characters of a passage that may be a heading, of which a Chinese one counts as three
HAN_CHARACTER = re.compile(f"[{HAN}]")

# (address after that of the record, or a whole one; unit; number), and the language where most passages have another.
Place: TypeAlias = tuple[str, str, int] | tuple[str, str, int, str]


class Passage(NamedTuple):
    """A part of a record's text that has an address of its own: a paragraph of its text or of a file.

    `url` leads to a page that shows the text: a translation is on the page in its language only.
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
    text_language: str = ""  # of most passages

    @classmethod
    def of(
        cls, passages: Iterable[Passage], url: str, units: Mapping[str, str | Promise], text_language: str = ""
    ) -> Self:
        """Join passages, without those that are empty. Most addresses begin with that of the record."""
        some = [passage for passage in passages if passage.text.strip()]
        text = SEPARATOR.join(passage.text.replace(SEPARATOR, " ") for passage in some)
        places = [
            (
                (one.url.removeprefix(url), one.unit, one.number)
                if one.language == text_language
                else (one.url.removeprefix(url), one.unit, one.number, one.language)
            )
            for one in some
        ]
        return cls(text, places, url, units, text_language)

    @cached_property
    def parts(self) -> list[str]:
        """The texts of the passages, in order."""
        return self.text.split(SEPARATOR) if self.places else []

    def address(self, number: int) -> str:
        """Return the address of a passage."""
        address = self.places[number][0]
        return address if address.startswith("/") else self.url + address

    def language(self, number: int) -> str:
        """Return the language of a passage; empty if it is not known."""
        place = self.places[number]
        return place[3] if len(place) > 3 else self.text_language

    def label(self, number: int) -> str:
        """Return what a passage is called, such as "Page 12"; empty if it has no name."""
        _address, unit, count, *_language = self.places[number]
        name, _slash, part = unit.partition("/")
        label = str(self.units[name]) % count if name else ""
        return gettext("%(label)s (part %(part)s)") % {"label": label, "part": part} if part else label

    @property
    def opening_number(self) -> int | None:
        """The passage whose first words tell what a record is about, probably no heading; None without passages."""
        long = (number for number, part in enumerate(self.parts) if _is_long(part))
        # Headings have no unit.
        named = (number for number, (_address, unit, *_) in enumerate(self.places) if unit)
        return next((number for some in (long, named, range(len(self.places))) for number in some), None)

    @property
    def opening(self) -> str:
        """The text of the same passage; empty without passages."""
        number = self.opening_number
        return "" if number is None else self.parts[number]


def _is_long(text: str) -> bool:
    """Return whether a text is longer than headings are. Chinese says the same in a third of the characters."""
    return len(text) > SHORT or len(text) + 2 * len(HAN_CHARACTER.findall(text)) > SHORT
