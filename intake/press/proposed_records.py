"""The records that a press release may describe.

`start` and `end` are character offsets in its text. `meeting` is an index into `PressProposals.meetings`, `person` one
into `PressProposals.people`.
"""

import datetime
from dataclasses import dataclass, field

OMISSION = " […] "  # between the parts of a quote, for the words of the source that are not the speaker's


@dataclass
class MeetingProposal:
    """A dialogue that the text names: its series, and its edition and dates if the text gives them."""

    start: int
    end: int
    series: str
    year: int | None = None
    edition: int | None = None
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None


@dataclass
class PersonProposal:
    """A person who speaks, with title, role and affiliation as the text gives them."""

    start: int
    end: int
    name: str
    title: str = ""
    role: str = ""
    affiliation: str = ""
    meeting: int | None = None


@dataclass
class QuoteProposal:
    """A quote by one speaker: the offsets of its parts, and the text to save, with OMISSION between quotations."""

    parts: list[tuple[int, int]]
    speaker: str
    text: str
    person: int | None = None
    meeting: int | None = None

    @property
    def start(self) -> int:
        """The offset at which the first part starts."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """The offset at which the last part ends."""
        return self.parts[-1][1]


@dataclass
class PressProposals:
    """Everything found in one text; false if no meeting, person or quote was found."""

    title: str = ""
    place: str = ""
    date: datetime.date | None = None
    meetings: list[MeetingProposal] = field(default_factory=list)
    people: list[PersonProposal] = field(default_factory=list)
    quotes: list[QuoteProposal] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.meetings or self.people or self.quotes)
