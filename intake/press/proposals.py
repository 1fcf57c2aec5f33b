"""What may stand in a press release. `start` and `end` are places in its text, by which a page can mark them."""

import datetime
from dataclasses import dataclass, field


@dataclass
class Meeting:
    """A dialogue that is named: its series, and what is said of its edition and its days."""

    start: int
    end: int
    series: str
    year: int | None = None
    edition: int | None = None
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None


@dataclass
class Person:
    """Somebody who speaks, with title, role and affiliation as given; `meeting` is a place in the list of meetings."""

    start: int
    end: int
    name: str
    title: str = ""
    role: str = ""
    affiliation: str = ""
    meeting: int | None = None


@dataclass
class Said:
    """Words of one speaker: the places of their parts, and the words as they would be kept."""

    parts: list[tuple[int, int]]
    speaker: str
    text: str
    person: int | None = None
    meeting: int | None = None

    @property
    def start(self):
        return self.parts[0][0]

    @property
    def end(self):
        return self.parts[-1][1]


@dataclass
class Proposals:
    """All that was found in one text."""

    title: str = ""
    place: str = ""
    date: datetime.date | None = None
    meetings: list[Meeting] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    quotes: list[Said] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)

    def __bool__(self):
        return bool(self.meetings or self.people or self.quotes)
