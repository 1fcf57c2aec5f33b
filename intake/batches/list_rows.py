"""The list of a batch: which columns it has, and the rows that it becomes. No record is created here."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..cell_values import is_ambiguous_day, is_month_first, parse_day
from ..columns import MOST_ABOVE, columns_below, digest_of, guess, normalize
from ..headings import TOTALS
from ..list_files import ListRow, values_by_column
from ..models import Batch, BatchList, BatchRow, RememberedColumns
from .row_files import match_files
from .row_kinds import KINDS

MAX_LISTED = 10  # rows in a remark


def new_list(batch: Batch, name: str, table: list[list[str]]) -> BatchList:
    """Return a list of a batch with what its columns seem to be; not saved.

    It is applied at once if nothing needs to be asked: if staff have said what columns with these headings are, or if
    each heading is known. Raise ValidationError if nothing is below the headings.
    """
    for number, row in enumerate(table[:MOST_ABOVE], 1):
        known = RememberedColumns.objects.filter(kind=batch.kind, digest=digest_of(row)).first() if any(row) else None
        if known:
            columns = [*known.columns, *[""] * (max(map(len, table)) - len(known.columns))]
            found = BatchList(name=name, table=table, header=number, columns=columns, is_applied=True)
            _check_rows(found)
            return found
    guessed = guess(table, KINDS[batch.kind].COLUMNS)
    found = BatchList(
        name=name, table=table, header=guessed.header, columns=guessed.columns, is_applied=guessed.is_sure
    )
    _check_rows(found)
    return found


def keep_list(batch: Batch, found: BatchList) -> None:
    """Save a new list of a batch in place of an earlier one, whose rows go unless they are done."""
    BatchList.objects.filter(batch=batch).delete()
    batch.rows.not_done().delete()
    found.batch = batch
    found.save()


def awaits_columns(batch: Batch) -> bool:
    """Return whether staff must say what the columns of the list are, before it becomes rows."""
    return BatchList.objects.filter(batch=batch, is_applied=False).exists()


def guess_below(batch: Batch, found: BatchList, header: int) -> list[str]:
    """Return what the columns of a list seem to be if its headings are in this row."""
    return columns_below(found.table, header, KINDS[batch.kind].COLUMNS)


def apply_columns(batch: Batch, found: BatchList) -> None:
    """Check the columns of a list, remember them for the next one, and make its rows again.

    Rows that are done stay, and are not made again. Raise ValidationError if a column is missing or appears twice.
    """
    KINDS[batch.kind].COLUMNS.check(found.columns)
    _check_rows(found)
    if found.headings:
        RememberedColumns.objects.update_or_create(
            kind=batch.kind, digest=digest_of(found.headings), defaults={"columns": found.columns}
        )
    found.is_applied = True
    found.save()
    batch.rows.not_done().delete()
    add_rows(batch, found)


def add_rows(batch: Batch, found: BatchList | None) -> None:
    """Make the rows of a new list, if there is one, and match the files with all rows. Save the remarks."""
    if found:
        _make_rows(batch, found)
    if batch.has_files:
        batch.remarks = [*batch.remarks, *match_files(batch, has_list=found is not None)]
    batch.remarks = list(dict.fromkeys(batch.remarks))
    batch.save()


def _check_rows(found: BatchList) -> None:
    if not _data_rows(found):
        raise ValidationError(_("This list has headings and no rows."), code="empty")


def _make_rows(batch: Batch, found: BatchList) -> None:
    done = set(batch.rows.values_list("number", flat=True))
    rows = [row for row in _data_rows(found) if row.number not in done]
    left_out = [row for row in rows if not row.values or _is_total(found.table[row.number - 1])]
    if left_out:
        numbers = ", ".join(str(row.number) for row in left_out[:MAX_LISTED]) + (" …" if left_out[MAX_LISTED:] else "")
        batch.remarks = [*batch.remarks, _("No rows of the list, and left out: %(numbers)s.") % {"numbers": numbers}]
    kept = [row for row in rows if row not in left_out]
    _write_days(kept)
    BatchRow.objects.bulk_create([BatchRow(batch=batch, number=row.number, values=row.values) for row in kept])


def _data_rows(found: BatchList) -> list[ListRow]:
    """Return the rows below the headings. Headings that are repeated, as on each page, are no rows."""
    return [
        ListRow(number, values_by_column(found.columns, row))
        for number, row in enumerate(found.table, 1)
        if number > found.header and any(row) and row != found.headings
    ]


def _is_total(row: Sequence[str]) -> bool:
    """Return whether a row is the sum below a table."""
    return normalize(next(filter(None, row), "")) in {normalize(word) for word in TOTALS}


def _write_days(rows: Sequence[ListRow]) -> None:
    """Write days that are understood as 2026-03-01. All of a column tell whether the month comes first.

    If none tells it, 3/4/2026 stays as it is, so that its row says that it is a guess.
    """
    month_first = is_month_first([row.values.get("received", "") for row in rows])
    for row in rows:
        text = row.values.get("received", "")
        if month_first is None and is_ambiguous_day(text):
            continue
        if day := parse_day(text, month_first=bool(month_first)):
            row.values["received"] = day.isoformat()
