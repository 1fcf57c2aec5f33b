"""The entries of staff for a press release, as the workflow receives them."""

from dataclasses import dataclass, field
from datetime import date

from dialogues.models import Dialogue, Series

RowKey = tuple[str, int]  # the kind of a row and its number, such as ("people", 2); the news item is ("news", 0)


@dataclass
class MeetingEntry:
    """A dialogue as staff entered it: an existing one, or the fields of a new one."""

    existing: Dialogue | None = None
    series: Series | None = None
    title: str = ""
    edition: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass
class PersonEntry:
    """A person at a dialogue; `meeting` is an index into `PressRelease.meetings`."""

    name: str
    title: str = ""
    role: str = ""
    affiliation: str = ""
    meeting: int | None = None


@dataclass
class QuoteEntry:
    """A quote by a speaker, given by name, at a dialogue."""

    speaker: str
    text: str
    meeting: int | None = None


@dataclass
class TopicEntry:
    """A topic of one dialogue; of all dialogues if `meeting` is None."""

    name: str
    meeting: int | None = None


@dataclass
class PressRelease:
    """A press release with everything that staff entered, whether or not they accept it."""

    text: str
    title: str
    place: str = ""
    issued_on: date | None = None
    language: str = "en"
    source_url: str = ""
    meetings: list[MeetingEntry] = field(default_factory=list)
    people: list[PersonEntry] = field(default_factory=list)
    quotes: list[QuoteEntry] = field(default_factory=list)
    topics: list[TopicEntry] = field(default_factory=list)


class RowsRefusedError(Exception):
    """Rows cannot be accepted: `sentences` gives staff the reason for each, by the key of the row."""

    def __init__(self, sentences: dict[RowKey, str]) -> None:
        super().__init__(" ".join(sentences.values()))
        self.sentences = sentences
