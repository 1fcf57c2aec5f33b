from datetime import datetime, timedelta
from pathlib import Path

from backups.pruning import superfluous


def path(moment):
    return Path(f"/backups/portal-{moment:%Y-%m-%dT%H%M%SZ}.tar")


def nightly(days, since=datetime(2026, 1, 1, 3, 30)):  # noqa: DTZ001  as in names
    return [path(since + timedelta(days=day)) for day in range(days)]


def test_days_weeks_and_months_are_kept():
    paths = nightly(400)
    kept = set(paths) - set(superfluous(paths))
    assert set(paths[-7:]) <= kept
    sundays = {path(datetime(2027, 1, 3, 3, 30) + timedelta(weeks=week)) for week in range(1, 5)}  # noqa: DTZ001
    month_ends = {path(datetime(2026, month, 1, 3, 30) - timedelta(days=1)) for month in range(4, 13)}  # noqa: DTZ001
    assert kept >= sundays | month_ends
    assert min(kept) == min(month_ends)


def test_newest_of_a_day_is_kept():
    morning, evening = (path(datetime(2026, 5, 1, hour)) for hour in (3, 20))  # noqa: DTZ001
    assert superfluous([evening, morning]) == [morning]


def test_a_long_pause_deletes_nothing():
    old, new = path(datetime(2020, 5, 1)), path(datetime(2026, 5, 1))  # noqa: DTZ001
    assert superfluous([old, new]) == []


def test_without_backups_nothing_is_superfluous():
    assert superfluous([]) == []
