"""Find dates in prose: 10 July 2024; July 10, 2024; 10 to 11 July; 10 and 15 July; 1er mai 2024; 1 de mayo de 2024."""

import re
from datetime import date
from typing import NamedTuple

from babel import Locale

WIDE = [Locale(code).months["format"]["wide"] for code in ("es", "fr", "en")]
MONTHS = {name: number for names in WIDE for number, name in names.items()}
MONTHS |= {name[:3]: number for number, name in WIDE[-1].items()} | {"Sept": 9}
MONTH, ORDINAL = "|".join(sorted(MONTHS, key=len, reverse=True)), "(?:st|nd|rd|th|er|º)?"
FIRST, SECOND = rf"(?P<first>\d{{1,2}}){ORDINAL}", rf"(?P<second>\d{{1,2}}){ORDINAL}"
MONTH, LAST_MONTH = rf"(?P<month>{MONTH})", rf"(?P<last_month>{MONTH})"
JOINT = r"\s*(?P<joint>–|—|-|to|and|&|,|et|y|au|al)\s*"
YEAR, LAST_YEAR = (rf"(?:,?\s+(?:de )?(?P<{name}>(?:19|20)\d\d))?" for name in ("year", "last_year"))
DAY_FIRST = rf"\b{FIRST}(?:\s+{MONTH}\.?{YEAR})?(?:{JOINT}{SECOND})?\s+(?:of |de )?{LAST_MONTH}\b\.?{LAST_YEAR}"
MONTH_FIRST = rf"\b{MONTH}\.?\s+{FIRST}(?:{JOINT}(?:{LAST_MONTH}\.?\s+)?{SECOND})?(?!\d){LAST_YEAR}"


class DateMention(NamedTuple):
    """One mention of days, or of the first and last day of a range. Impossible dates are not in `dates`."""

    start: int
    end: int
    dates: list[date]
    is_range: bool


def find_dates(text: str, year: int | None = None) -> list[DateMention]:
    """Return all mentions of days in a text, in order. `year` applies where the text gives none."""
    found = list[DateMention]()
    for pattern in (DAY_FIRST, MONTH_FIRST):
        for match in re.finditer(pattern, text):
            if not any(one.start < match.end() and match.start() < one.end for one in found):
                said = {"year": None, **match.groupdict()}
                years = said["year"] or said["last_year"] or year, said["last_year"] or said["year"] or year
                months = said["month"] or said["last_month"], said["last_month"] or said["month"]
                days = [_date(years[0], months[0], said["first"]), _date(years[1], months[1], said["second"])]
                is_range = said["joint"] in ("–", "—", "-", "to", "au", "al")
                found.append(DateMention(*match.span(), [day for day in days if day], is_range))
    return sorted(found)


def _date(year: str | int | None, month: str | None, day: str | None) -> date | None:
    try:
        return date(int(year), MONTHS[month], int(day)) if year and month and day else None
    except ValueError:
        return None
