"""Lists of work, in which each line links to the page where it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

LINES_SHOWN = 5  # of one list; the others are behind a link


@dataclass(frozen=True)
class Line:
    """Something to do: its text, the address where it is done, a note, and if known, its age in days or a count."""

    text: str | Promise
    address: str
    note: str | Promise = ""
    days: int | None = None
    count: int | None = None


@dataclass(frozen=True)
class WorkList:
    """Work of one kind, oldest first: the total, the first lines, and links to the full list and to filters of it.

    Lists that only inform, where nothing has to be done by staff, are not `is_due`.
    """

    title: str | Promise
    total: int
    lines: list[Line]
    address: str = ""
    parts: list[Line] = field(default_factory=list)
    is_due: bool = True

    @property
    def oldest_days(self) -> int | None:
        """The age in days of the oldest item, as far as the ages of those shown are known."""
        return max((line.days for line in self.lines if line.days is not None), default=None)

    @property
    def remaining(self) -> int:
        """The number of items beyond the lines shown."""
        return self.total - len(self.lines)


def work_list(
    title: str | Promise,
    records: QuerySet,
    make_line: Callable[[Any], Line],
    address: str = "",
    parts: Sequence[Line] = (),
    *,
    is_due: bool = True,
) -> WorkList | None:
    """Return the WorkList of a queryset, with `make_line` applied to each record; None if it is empty."""
    first = list(records[: LINES_SHOWN + 1])
    if not first:
        return None
    total = records.count() if len(first) > LINES_SHOWN else len(first)
    return WorkList(title, total, [make_line(record) for record in first[:LINES_SHOWN]], address, list(parts), is_due)
