"""Find dates in prose: 10 July 2024; July 10, 2024; 10 to 11 July; 10 and 15 July; 1er octobre 2024; 1 de mayo de 2024."""

import re
from dataclasses import dataclass
from datetime import date

from babel import Locale

NAMES = {code: Locale(code).months["format"]["wide"] for code in ("es", "fr", "en")}
SHORT = {name[:3]: number for number, name in NAMES["en"].items()} | {"Sept": 9}
MONTHS = {name: number for names in NAMES.values() for number, name in names.items()} | SHORT
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DAY = r"(\d{1,2})(?:st|nd|rd|th|er|º)?"
DATE_JOINER = r"\s*(–|—|-|to|and|&|,|et|y|au|al)\s*"
YEAR = r"(?:,?\s+(?:de )?((?:19|20)\d\d))?"
DAY_FIRST = re.compile(rf"\b{DAY}(?:\s+({MONTH})\.?{YEAR})?(?:{DATE_JOINER}{DAY})?\s+(?:of |de )?({MONTH})\b\.?{YEAR}")
MONTH_FIRST = re.compile(rf"\b({MONTH})\.?\s+{DAY}(?:{DATE_JOINER}(?:({MONTH})\.?\s+)?{DAY})?(?!\d){YEAR}")
RANGE_JOINERS = frozenset("–—-") | {"to", "au", "al"}


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
    try:
        return date(int(year), MONTHS[month], int(day)) if year else None
    except ValueError:
        return None
