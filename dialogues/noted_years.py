"""Years in notes on the date of a dialogue, such as "spring 2027", where its first day is not known."""

import re
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

NOTED_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def noted_year(date_note: str) -> int | None:
    """Return the first year in a note on a date, or None."""
    noted = NOTED_YEAR.search(date_note)
    return int(noted[0]) if noted else None


def years_before(year: int) -> str:
    """Return a regular expression, for any database, that finds a year before this one in a note."""
    return f"(^|[^0-9])({'|'.join(str(one) for one in range(1900, year))})([^0-9]|$)"


def year_of(day: date | None, note: str) -> int | None:
    """Return the year of a first day, or else the first in a note, or None."""
    return day.year if day else noted_year(note)


class Dated:
    """What begins on a day, or at a time of which only a note is known."""

    starts_on: date | None
    date_note: str

    @property
    def year(self) -> int | None:
        """The year in which it begins, from its first day or else from the note on the date, or None."""
        return year_of(self.starts_on, self.date_note)

    @property
    def has_only_a_year(self) -> bool:
        """Whether nothing but the year is known, so that a list by years need not say when it was."""
        return not self.starts_on and self.date_note.strip() == str(self.year)


def years_of(dates: Iterable[tuple[date | None, str]]) -> list[int]:
    """Return the years of pairs of a first day and a note, the latest first."""
    found = {year_of(day, note) for day, note in dates}
    return sorted(filter(None, found), reverse=True)


def in_year(year: int) -> Q:
    """Return the condition that a dialogue begins in a year, or has no first day and the year in its note."""
    return Q(starts_on__year=year) | Q(starts_on=None, date_note__contains=str(year))
