"""Find the dialogues of known series that a text names, with the days that it says they were held on."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from text.dates_in_prose import find_dates
from text.ordinals import ORDINAL, ordinal_number

from .known_names import KnownName
from .proposed_records import MeetingProposal
from .sentences import sentence_at

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
BEFORE = re.compile(
    rf"(?:\(?\d{{4}}\)?\s+)?(?:(?P<ordinal>{ORDINAL})\s+)?(?:\(?\d{{4}}\)?\s+)?"
    r"(?:Constructive\s+)?(?:Dialogue|Diálogo)(?P<plural>s?)\s+(?:constructi[fv]o?s?\s+)?(?:(?:de\s)?\(?\d{4}\)?\s+)?"
    r"(?:on|sobre|sur|(?:consacrés?|relatifs?|dedicados?|relativos?)\s(?=à|au|al?\b))\s*"
    r"(?:(?:the|à|a|las?|les?|los|el|aux?|al)\s+|l[’'])*$", re.I
)  # fmt: skip
AFTER = re.compile(r"\s(?:of|in|de|en)\s(?:[A-Z][a-z]+\s)?(?:19|20)\d\d")
JOINED = re.compile(r"(?:,|\s)*(?:and|&|et|y|e)?\s*(?:(?:on|sur|sobre)\s+)?(?:(?:the|las?|les?|los|el)\s+|l[’'])?")
OTHER_DATE = re.compile(
    r"\b(?:by|until|before|since|after|following|session|adopted|will|submi\w+|avant|jusqu\w+|depuis|après|adopt\w+|sera"
    r"|antes|hasta|desde|después|sesión)\b[^.]{0,60}$"
)


def find_meetings(prose: str, ends: list[int], known: list[KnownName], issued: date | None) -> list[MeetingProposal]:
    """Return the dialogues, each series once. `issued` is the day of the release, for dates without a year."""
    year = issued.year if issued else next((day.year for one in find_dates(prose) for day in one.dates), None)
    kept: dict[str, MeetingProposal] = {}
    rows = list(_mentions(prose, [one for one in known if one.kind == "series"]))
    sentences = [sentence_at(ends, row[0].start, row[-1].end, len(prose)) for row in rows]
    # In a sentence about several, each is dated by the words that follow it.
    cuts = [row[0].start for row, (one, other) in zip(rows[1:], pairwise(sentences), strict=True) if one == other]
    for row in rows:
        _set_dates(prose, sentence_at(sorted([*ends, *cuts]), row[0].start, row[-1].end, len(prose)), row, year)
        for one in row:
            same = kept.setdefault(one.series, one)
            same.edition = same.edition or one.edition
            if not same.starts_on:
                same.starts_on, same.ends_on, same.sure = one.starts_on, one.ends_on, one.sure
    for one in kept.values():
        one.year = one.starts_on.year if one.starts_on else one.year or year
    return list(kept.values())


def _mentions(prose: str, series: list[KnownName]) -> Iterator[list[MeetingProposal]]:
    """Yield the dialogues named together: one, or those of "Dialogues on X and Y"."""
    taken = -1
    for number, one in enumerate(series):
        before = BEFORE.search(prose, max(0, one.start - 90), one.start)
        if one.start < taken or not before:
            continue
        row = [one]
        for other in series[number + 1 :]:
            if not before["plural"] or not JOINED.fullmatch(prose, row[-1].end, other.start):
                break
            row.append(other)
        taken, after = row[-1].end, AFTER.match(prose, row[-1].end)
        said = YEAR.search(before[0] + (after[0] if after else ""))
        year, edition = said and int(said[0]), ordinal_number(before["ordinal"])
        yield [MeetingProposal(before.start(), each.end, each.name, year, edition, sure=True) for each in row]


def _set_dates(prose: str, sentence: tuple[int, int], row: list[MeetingProposal], year: int | None) -> None:
    """Give the dialogues of one mention the dates in its sentence: each its own, or all the only one."""
    said = prose[slice(*sentence)]
    days = [one for one in find_dates(said, row[0].year or year) if not OTHER_DATE.search(said[: one.start])]
    dates = [day for one in days for day in one.dates]
    is_pair = len(row) == 1 and len(dates) == 2 and (dates[1] - dates[0]).days == 1  # "on 15 and 16 September"
    is_range = any(one.is_range for one in days) or is_pair
    for number, one in enumerate(row):
        if len(dates) == len(row) and not is_range:
            one.starts_on = dates[number]
        elif dates and len(days) == 1 and (is_range or len(dates) == 1):
            one.starts_on, one.ends_on = dates[0], dates[-1] if is_range else None
        else:
            one.sure = False
