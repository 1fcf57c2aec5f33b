"""Find the dialogues of known series that a text names, with their editions and dates."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from .dates import find_dates
from .known_names import KnownName
from .proposed_records import MeetingProposal
from .sentences import sentence_at

YEAR = r"(?:\(?((?:19|20)\d\d)\)?\s+)?"
BEFORE = re.compile(
    rf"{YEAR}(?:(\d{{1,2}})(?:st|nd|rd|th)\s+)?{YEAR}(?:Constructive\s+)?Dialogue(s?)\s+{YEAR}on\s+(?:the\s+)?$", re.I
)
OF_YEAR = re.compile(r"\s(?:of|in)\s(?:[A-Z][a-z]+\s)?((?:19|20)\d\d)")
JOINED = re.compile(r"(?:,|\s)*(?:and|&)?\s*(?:on\s+)?(?:the\s+)?")
OTHER_MEETING = re.compile(r"\b(?:next|previous|last|earlier|recommendations?|working group|since)\b", re.I)
OTHER_DATE = re.compile(
    r"\b(?:by|until|before|since|after|following|deadline|working group|conference|session|adopted|will|submi\w+)\b"
    r"[^.]{0,60}$", re.I
)  # fmt: skip


def find_meetings(
    prose: str, ends: list[int], known: Iterable[KnownName], issued: date | None
) -> list[MeetingProposal]:
    """Return the dialogues, each series once. `issued` is the day of the release, for dates without a year."""
    year = issued.year if issued else next((day.year for one in find_dates(prose) for day in one.dates(None)), None)
    kept: dict[str, MeetingProposal] = {}
    rows = list(_mentions(prose, [one for one in known if one.kind == "series"]))
    for row in rows:
        _set_dates(prose, _words_about(prose, ends, row, rows), row, year)
        for one in row:
            same = kept.setdefault(one.series, one)
            same.edition = same.edition or one.edition
            if not same.starts_on:
                same.starts_on, same.ends_on, same.sure = one.starts_on, one.ends_on, one.sure
    for one in kept.values():
        one.year = one.starts_on.year if one.starts_on else one.year or year
    return list(kept.values())


def _words_about(
    prose: str, ends: list[int], row: list[MeetingProposal], rows: list[list[MeetingProposal]]
) -> tuple[int, int]:
    """Return the offsets of the words that may date some dialogues: their sentence, as far as it names no others.

    Words between two dialogues are about the first.
    """
    left, right = sentence_at(ends, row[0].start, row[-1].end, len(prose))
    before = any(left <= other[0].start < row[0].start for other in rows)
    after = [other[0].start for other in rows if row[0].start < other[0].start < right]
    return row[0].start if before else left, min([right, *after])


def _mentions(prose: str, series: list[KnownName]) -> Iterator[list[MeetingProposal]]:
    """Yield the dialogues named together: one, or those of "Dialogues on X and Y"."""
    taken = -1
    for number, one in enumerate(series):
        before = BEFORE.search(prose, max(0, one.start - 90), one.start)
        if one.start < taken or not before:
            continue
        first_year, edition, second_year, many, third_year = before.groups()
        row = [one]
        for other in series[number + 1 :]:
            if not many or not JOINED.fullmatch(prose, row[-1].end, other.start):
                break
            row.append(other)
        taken, year = row[-1].end, first_year or second_year or third_year
        when, which = int(year) if year else None, int(edition) if edition else None
        yield [MeetingProposal(before.start(), each.end, each.name, when, which, sure=True) for each in row]


def _set_dates(prose: str, sentence: tuple[int, int], row: list[MeetingProposal], year: int | None) -> None:
    """Give the dialogues of one mention the dates in its sentence: each its own, or all the only one."""
    left, right = sentence
    days = [one for one in find_dates(prose[left:right]) if not OTHER_DATE.search(prose[left : left + one.start])]
    said = OF_YEAR.match(prose, row[-1].end)
    for one in row:
        one.year = one.year or (int(said[1]) if said else None)
    dates = [day for one in days for day in one.dates(row[0].year or year)]
    is_range = any(one.is_range for one in days)
    is_clear = bool(dates) and not OTHER_MEETING.search(prose, left, row[0].start)
    for number, one in enumerate(row):
        if is_clear and len(dates) == len(row) and not is_range:
            one.starts_on = dates[number]
        elif is_clear and len(days) == 1 and (is_range or len(dates) == 1):
            one.starts_on, one.ends_on = dates[0], dates[-1] if is_range else None
        else:
            one.sure = False
