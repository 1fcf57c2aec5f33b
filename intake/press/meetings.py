"""Find the dialogues ("meetings") that a text names, with their editions and dates."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from text.words import fold

from .dates import DateMention, find_dates
from .proposed_records import MeetingProposal

ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth""".split()  # noqa: SIM905
MEETING_MENTION = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)\s+)?(?:(?P<edition>" + "|".join(ORDINALS) + r"|\d{1,2}(?:st|nd|rd|th))\s+)?"
    r"(?:(?P<year_too>(?:19|20)\d\d)\s+)?(?:edition of the\s+)?"
    r"(?:(?:Constructive\s+)?Dialogue(?P<many>s?),?\s+(?:\((?P<year_after>(?:19|20)\d\d)\)\s+)?"
    r"|(?P<of_several>\b(?:one|another|(?:and|,) the (?:first|second|third|other))\s+))on\s+(?:the\s+)?",
    re.I,
)
OF_DIALOGUES = re.compile(r"\bDialogues\b[^.\n]*$")  # "Two Dialogues, one on X and one on Y"
# An unknown series is recognized by its capital letters.
CAPITALIZED_NAME = re.compile(r"[A-Z][\w-]*(?:(?:,? (?:in|of|and|the|to|for|by|against|,|on))*,? [A-Z][\w-]*)*")
SERIES_JOINER = re.compile(r"(?:\s*(?:,|and|on)\s+)*(?:the\s+)?", re.I)
WAS_HELD = re.compile(
    r"\b(?:held|took place|taking place|convened|gathered|met|meeting|brought together|opened|organi[sz]ed|hosted"
    r"|concluded|on|dates?|online)\b", re.I,
)  # fmt: skip
OTHER_DATE = re.compile(
    r"\b(?:by|until|before|since|after|of|following|ahead of|deadline[^.]{0,40}"
    r"|(?:Working Group|Conference|session|adopted|submi\w+)[^.]{0,60})\s*(?:from|on|held)?\s*$", re.I
)  # fmt: skip
RELATIVE_DAY = re.compile(r"\b(today|yesterday)\b", re.I)


def find_meetings(
    prose: str, ends: list[int], series: Iterable[str], issued: date | None = None
) -> list[MeetingProposal]:
    """Return the meetings that a text names, each once.

    `series` are the names of known series. `issued` is the date of the release: it gives the year where the text gives
    none.
    """
    mentions = [one for match in MEETING_MENTION.finditer(prose) for one in _series_mentioned(prose, match, series)]
    year = issued.year if issued else None
    _assign_dates(prose, ends, mentions, year)
    merged: list[MeetingProposal] = []
    for mention in mentions:
        same = next((one for one in merged if _is_same(one, mention)), None)
        _merge(same, mention) if same else merged.append(mention)
    _assign_later_dates(prose, ends, merged, issued)
    for one in merged:
        one.year = one.starts_on.year if one.starts_on else one.year or year
    return merged


def _series_mentioned(prose: str, match: re.Match[str], series: Iterable[str]) -> Iterator[MeetingProposal]:
    """Yield a meeting for each series named after "Dialogue on" or "Dialogues on"."""
    if match["of_several"] and not OF_DIALOGUES.search(prose, max(0, match.start() - 200), match.start()):
        return
    rest = prose[match.end() : match.end() + 200]
    names, length = _known_series(rest, series, bool(match["many"]))
    if not names and not match["of_several"]:
        named = CAPITALIZED_NAME.match(rest)
        names, length = (_split_series(named[0], bool(match["many"])), named.end()) if named else ([], 0)
    years = next((found for key in ("year", "year_too", "year_after") if (found := match[key])), None)
    for name in names:
        yield MeetingProposal(
            match.start(), match.end() + length, name, year=int(years) if years else None,
            edition=_edition(match["edition"]),
        )  # fmt: skip


def _known_series(rest: str, series: Iterable[str], is_many: bool) -> tuple[list[str], int]:
    """Return the known series that a text starts with, joined by commas and "and", and their length in characters."""
    names: list[str] = []
    place = 0
    by_length = sorted(series, key=len, reverse=True)
    while True:
        joined = SERIES_JOINER.match(rest, place) if names else None
        bare = joined.end() if joined else place
        name = next((one for one in by_length if fold(rest[bare : bare + len(one)]) == fold(one)), None)
        if not name:
            return names, place
        names.append(name)
        place = bare + len(name)
        if not is_many:
            return names, place


def _split_series(name: str, is_many: bool) -> list[str]:
    parts = re.split(r"\s*,\s*(?:and\s+)?(?:on\s+)?(?:the\s+)?|\s+and\s+(?:on\s+)?(?:the\s+)?", name)
    return [part for part in parts if part] if is_many else [name]


def _edition(word: str | None) -> int | None:
    if not word:
        return None
    return int(word[:-2]) if word[0].isdigit() else ORDINALS.index(word.lower()) + 1


def _assign_dates(prose: str, ends: list[int], mentions: list[MeetingProposal], year: int | None) -> None:
    """Assign the dates in the sentence of each mention."""
    by_sentence: dict[tuple[int, int], list[MeetingProposal]] = {}
    for one in mentions:
        by_sentence.setdefault(_sentence(prose, ends, one), []).append(one)
    for (left, right), group in by_sentence.items():
        days = [one for one in find_dates(prose[left:right]) if not OTHER_DATE.search(prose[left : left + one.start])]
        _pair_with_dates(group, left, days, next((one.year for one in group if one.year), year))


def _sentence(prose: str, ends: list[int], mention: MeetingProposal) -> tuple[int, int]:
    start = max([end for end in ends if end <= mention.start], default=0)
    return start, min([end for end in ends if end > mention.end - 1], default=len(prose))


def _pair_with_dates(group: list[MeetingProposal], left: int, days: list[DateMention], year: int | None) -> None:
    """Pair meetings and dates in order if there are as many of each; otherwise use the dates after each meeting."""
    every = [day for one in days for day in one.dates(year)]
    if len(group) > 1 and len(every) == len(group) and not any(one.is_range for one in days):
        for one, day in zip(group, every, strict=True):
            one.starts_on = day
        return
    if len(group) == len(days) > 1:
        for one, named in zip(group, days, strict=True):
            _set_dates(one, named.dates(year))
        return
    for one in group:
        later = min([other.start for other in group if other.start > one.start], default=float("inf"))
        after = [found for found in days if one.end <= left + found.start < later] or days[:1]
        if after:
            _set_dates(one, after[0].dates(year))


def _set_dates(one: MeetingProposal, dates: list[date]) -> None:
    if dates:
        one.starts_on, one.ends_on = dates[0], dates[-1] if len(dates) > 1 else None


def _assign_later_dates(prose: str, ends: list[int], merged: list[MeetingProposal], issued: date | None) -> None:
    """Assign the date of a later "It was held on …" to the last meeting named before it that has no date."""
    year = issued.year if issued else None
    for one in merged:
        later = next((other.start for other in merged if other.start > one.start), len(prose))
        if one.starts_on or (one.year and year and one.year != year):
            continue
        for days in find_dates(prose[one.end : later] if len(merged) > 1 else prose):
            offset = one.end if len(merged) > 1 else 0
            left = max([end for end in ends if end <= offset + days.start], default=0)
            before = prose[left : offset + days.start]
            if WAS_HELD.search(before) and not OTHER_DATE.search(before):
                _pair_with_dates([one], offset, [days], one.year or year)
                break
        if not one.starts_on and issued and len(merged) == 1 and (relative := RELATIVE_DAY.search(prose)):
            one.starts_on = issued if relative[0].lower() == "today" else issued.fromordinal(issued.toordinal() - 1)


def _is_same(one: MeetingProposal, other: MeetingProposal) -> bool:
    def agree(first: object, second: object) -> bool:
        return first is None or second is None or first == second

    years = [found.starts_on.year if found.starts_on else found.year for found in (one, other)]
    same_day = agree(one.starts_on, other.starts_on) or one.year is None or other.year is None
    return fold(one.series) == fold(other.series) and agree(*years) and agree(one.edition, other.edition) and same_day


def _merge(one: MeetingProposal, other: MeetingProposal) -> None:
    one.year, one.edition = one.year or other.year, one.edition or other.edition
    if not one.starts_on:
        one.starts_on, one.ends_on = other.starts_on, other.ends_on


def last_meeting_between(
    prose: str, meetings: list[MeetingProposal], series: Iterable[str], start: int, end: int
) -> int | None:
    """Return the index in `meetings` of the last meeting named between two offsets, or None."""
    bare = fold(prose[start:end]).strip(" .:#*_0123456789")
    if bare in (fold(one.series) for one in meetings):
        return next(number for number, one in enumerate(meetings) if fold(one.series) == bare)
    for match in reversed(list(MEETING_MENTION.finditer(prose, start, end))):
        for named in _series_mentioned(prose, match, series):
            for number, one in enumerate(meetings):
                if _is_same(one, named):
                    return number
    return None
