"""Dates in a query: `year:2024`, `year:2022..2024`, `before:2024-05-01`, `after:2023`.

The day, month or year after `before:` and `after:` is not included, as in the words "before May" and "after 2023".
"""

import re
from calendar import monthrange
from datetime import date, timedelta

DATE_FIELDS = ("year", "before", "after")  # field names that may come before a colon
DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
YEARS = re.compile(r"(\d{4})?(?:\.\.\.?|[-–])(\d{4})?")


def bounds(name: str, value: str) -> tuple[str, str] | None:
    """Return the first and the last day that a date filter allows, "" for no limit; None if it has no meaning."""
    try:
        if name == "year":
            return _years(value)
        found = DATE.fullmatch(value)
        if not found:
            return None
        first, last = _period(*(int(part) if part else None for part in found.groups()))
        if name == "before":
            return "", str(first - timedelta(days=1))
        return str(last + timedelta(days=1)), ""
    except (ValueError, OverflowError):  # no such day; nothing before the year 1 or after 9999
        return None


def _years(value: str) -> tuple[str, str] | None:
    """Return the bounds of a year, or of the years from one to another; either may be missing."""
    found = YEARS.fullmatch(value)
    years = found.groups() if found else (value, value) if re.fullmatch(r"\d{4}", value) else (None, None)
    if years == (None, None):
        return None
    first, last = (int(year) if year else None for year in years)
    if first is not None and last is not None:
        first, last = sorted((first, last))
    return str(date(first, 1, 1)) if first is not None else "", str(date(last, 12, 31)) if last is not None else ""


def _period(year: int | None, month: int | None, day: int | None) -> tuple[date, date]:
    """Return the first and the last day of a year, a month or a day."""
    year = year or 0
    first = date(year, month or 1, day or 1)
    last_month = month or 12
    return first, date(year, last_month, day or monthrange(year, last_month)[1])
