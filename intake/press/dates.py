"""Days as press releases write them: 10 July 2024, July 10, 2024, 10 to 11 July, 10 and 15 July."""

import re
from calendar import month_name
from dataclasses import dataclass
from datetime import date

MONTHS = [name.lower() for name in month_name[1:]]
MONTH = "|".join(name.capitalize() for name in MONTHS) + "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
JOINT = r"\s*(–|—|-|to|and|&|,)\s*"
YEAR = r"(?:,?\s+((?:19|20)\d\d))?"
DAY_FIRST = re.compile(rf"\b{DAY}(?:\s+({MONTH})\.?{YEAR})?(?:{JOINT}{DAY})?\s+(?:of )?({MONTH})\b\.?{YEAR}")
MONTH_FIRST = re.compile(rf"\b({MONTH})\.?\s+{DAY}(?:{JOINT}(?:({MONTH})\.?\s+)?{DAY})?(?!\d){YEAR}")
RANGE = frozenset("–—-") | {"to"}


@dataclass(frozen=True)
class Days:
    """One mention: its place, its days, and whether they are the ends of a stretch rather than days apart."""

    start: int
    end: int
    days: tuple[tuple[int | None, int, int], ...]  # (year, month, day)
    is_range: bool

    def dates(self, year):
        """The days as dates, of `year` where none is written; those that no calendar has are left out."""
        written = next((one for one, _, _ in reversed(self.days) if one), year)
        return [made for one, month, day in self.days if (made := _date(one or written, month, day))]


def days_in(text):
    """All mentions of days in a text, in order."""
    found = [_day_first(match) for match in DAY_FIRST.finditer(text)]
    taken = [(one.start, one.end) for one in found]
    for match in MONTH_FIRST.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            found.append(_month_first(match))
    return sorted(found, key=lambda one: one.start)


def _day_first(match):
    first, first_month, first_year, joint, second, month, year = match.groups()
    days = [(first_year or year, first_month or month, first)]
    if second:
        days.append((year, month, second))
    elif first_month:
        return Days(match.start(), match.end(), _numbers([(first_year or year, first_month, first)]), False)
    return Days(match.start(), match.end(), _numbers(days), joint in RANGE)


def _month_first(match):
    month, first, joint, second_month, second, year = match.groups()
    days = [(year, month, first)] + ([(year, second_month or month, second)] if second else [])
    return Days(match.start(), match.end(), _numbers(days), joint in RANGE)


def _numbers(days):
    return tuple((int(year) if year else None, _month(month), int(day)) for year, month, day in days)


def _month(name):
    return next(number for number, full in enumerate(MONTHS, start=1) if full.startswith(name.lower()[:3]))


def _date(year, month, day):
    try:
        return date(year, month, day) if year else None
    except ValueError:
        return None
