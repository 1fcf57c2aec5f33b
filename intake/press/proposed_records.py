"""The records that a press release may describe.

`start` and `end` are offsets in its text. `meeting` is an index into `PressProposals.meetings`. What is `sure` is
ticked from the start, because the words of the text leave no doubt. Staff decide about everything else.
"""

import datetime
from dataclasses import dataclass, field

OMISSION = " […] "  # between the parts of a quote, for the words of the source that are not the speaker's


@dataclass
class MeetingProposal:
    """A dialogue of a known series, with its dates and edition if the text gives them."""

    start: int
    end: int
    series: str
    year: int | None = None
    edition: int | None = None
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    sure: bool = False


@dataclass(eq=False)
class PersonProposal:
    """A person who speaks or presides, with title, role and affiliation as the text gives them."""

    start: int
    end: int
    name: str
    title: str = ""
    role: str = ""
    affiliation: str = ""
    meeting: int | None = None
    sure: bool = False


@dataclass
class QuoteProposal:
    """The offsets of its parts, the words to save with OMISSION between parts of one sentence, the speaker or ""."""

    parts: list[tuple[int, int]]
    speaker: str
    text: str
    meeting: int | None = None
    sure: bool = False


@dataclass
class PressProposals:
    """Everything found in one text. The news item has a title and a day if they are known."""

    title: str = ""
    place: str = ""
    date: datetime.date | None = None
    meetings: list[MeetingProposal] = field(default_factory=list)
    people: list[PersonProposal] = field(default_factory=list)
    quotes: list[QuoteProposal] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
