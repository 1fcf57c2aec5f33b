"""Which backups to keep: the newest of each day, week and month, for so many days, weeks and months."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

DAYS, WEEKS, MONTHS = 7, 5, 12
STAMP = "portal-%Y-%m-%dT%H%M%SZ"


def moment_of(path: Path) -> datetime:
    """Return when a backup was begun, by its name, in UTC."""
    return datetime.strptime(path.name.partition(".")[0], STAMP)  # noqa: DTZ007  compared only with other naive ones


def superfluous(paths: Iterable[Path], *, days: int = DAYS, weeks: int = WEEKS, months: int = MONTHS) -> list[Path]:
    """Return the backups that can be deleted. The newest is never one of them.

    Days, weeks and months without a backup do not count, so that a pause deletes nothing.
    """
    newest_first = sorted(paths, key=moment_of, reverse=True)
    kept = set(newest_first[:1])
    rules: list[tuple[int, Callable[[datetime], object]]] = [
        (days, datetime.date),
        (weeks, lambda moment: moment.isocalendar()[:2]),
        (months, lambda moment: (moment.year, moment.month)),
    ]
    for most, period in rules:
        seen: dict[object, Path] = {}
        for path in newest_first:
            seen.setdefault(period(moment_of(path)), path)
        kept |= set(list(seen.values())[:most])
    return [path for path in newest_first if path not in kept]
