"""Find dates in prose: 10 July 2024; July 10, 2024; 10 to 11 July; 10 and 15 July."""

import re
from calendar import month_name
from dataclasses import dataclass
from datetime import date

MONTHS = [name.lower() for name in month_name[1:]]
MONTH = "|".join(name.capitalize() for name in MONTHS) + "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
DATE_JOINER = r"\s*(–|—|-|to|and|&|,)\s*"
YEAR = r"(?:,?\s+((?:19|20)\d\d))?"
DAY_FIRST = re.compile(rf"\b{DAY}(?:\s+({MONTH})\.?{YEAR})?(?:{DATE_JOINER}{DAY})?\s+(?:of )?({MONTH})\b\.?{YEAR}")
MONTH_FIRST = re.compile(rf"\b({MONTH})\.?\s+{DAY}(?:{DATE_JOINER}(?:({MONTH})\.?\s+)?{DAY})?(?!\d){YEAR}")
RANGE_JOINERS = frozenset("–—-") | {"to"}


@dataclass(frozen=True)
class DateMention:
    """One mention of days: its offsets, each day as (year, month, day), and whether they are the ends of a range."""

    start: int
    end: int
    days: tuple[tuple[str | None, str, str], ...]
    is_range: bool

    def dates(self, year: int | None) -> list[date]:
        """Return the days as dates. `year` applies where the text gives none; impossible dates are left out."""
        written = next((one for one, _, _ in reversed(self.days) if one), year)
        return [made for one, month, day in self.days if (made := _date(one or written, month, day))]


def find_dates(text: str) -> list[DateMention]:
    """Return all mentions of days in a text, in order."""
    found = list[DateMention]()
    for match in DAY_FIRST.finditer(text):
        first, first_month, first_year, joint, second, month, year = match.groups()
        days = ((first_year or year, first_month or month, first), *([(year, month, second)] if second else []))
        found.append(DateMention(*match.span(), days, joint in RANGE_JOINERS))
    for match in MONTH_FIRST.finditer(text):
        if not any(one.start < match.end() and match.start() < one.end for one in found):
            month, first, joint, second_month, second, year = match.groups()
            days = ((year, month, first), *([(year, second_month or month, second)] if second else []))
            found.append(DateMention(*match.span(), days, joint in RANGE_JOINERS))
    return sorted(found, key=lambda one: one.start)


def _date(year: str | int | None, month: str, day: str) -> date | None:
    number = next(number for number, full in enumerate(MONTHS, start=1) if full.startswith(month.lower()[:3]))
    try:
        return date(int(year), number, int(day)) if year else None
    except ValueError:
        return None
