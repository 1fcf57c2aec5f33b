"""The list of a batch: which columns it has, and the rows that it becomes. No record is created here."""

import re
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..cell_values import is_ambiguous_day, is_month_first, parse_day
from ..columns import MOST_ABOVE, columns_below, digest_of, guess, normalize
from ..existing_records import NameRegister
from ..headings import TOTALS
from ..list_files import ListRow, Sheet, values_by_column
from ..models import Batch, BatchList, BatchRow, RememberedColumns
from .row_files import match_files
from .row_kinds import KINDS

MAX_LISTED = 10  # rows in a remark
TOTAL_WORDS = {normalize(word) for word in TOTALS}
TOTAL = re.compile(rf"(?:{'|'.join(TOTAL_WORDS)})(?: \d|$)")  # in one cell: “Total: 3 sessions”
# A cell alone in its row: “* to be confirmed”, “Note: …”, “Source: …”.
NOTE = re.compile(
    r"[*†‡§¹²³]|\(?(?:notes?|n\.?b\.?|source|sources|nota|remarque|примечание|ملاحظة|注)\s*[:：]", re.IGNORECASE
)


def new_list(batch: Batch, name: str, sheets: Sequence[Sheet]) -> BatchList:
    """Return a list of a batch, its first sheet, with what its columns seem to be; not saved.

    It is applied at once if nothing needs to be asked: if there is one sheet, and staff have said what columns with
    these headings are, or each heading is known. Raise ValidationError if nothing is below the headings.
    """
    found = BatchList(name=name, table=sheets[0].table)
    found.is_applied = set_columns_of(batch, found) and len(sheets) == 1
    if len(sheets) > 1:
        found.sheets = [{"name": sheet.name, "table": sheet.table} for sheet in sheets]
    _check_rows(found)
    return found


def set_columns_of(batch: Batch, found: BatchList) -> bool:
    """Set where the headings of a list are and what its columns seem to be; return whether all of it is sure."""
    table = found.table
    for number, row in enumerate(table[:MOST_ABOVE], 1):
        known = RememberedColumns.objects.filter(kind=batch.kind, digest=digest_of(row)).first() if any(row) else None
        if known:
            found.header = number
            found.columns = [*known.columns, *[""] * (max(map(len, table)) - len(known.columns))]
            return True
    guessed = guess(table, KINDS[batch.kind].COLUMNS)
    found.header, found.columns = guessed.header, guessed.columns
    return guessed.is_sure


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
    """Check the columns of a list, remember them for the next one if they were chosen, and make its rows again.

    Rows that are done stay, and are not made again. Raise ValidationError if a column is missing or appears twice.
    """
    KINDS[batch.kind].COLUMNS.check(found.columns)
    _check_rows(found)
    if found.headings and _is_choice(batch, found):
        RememberedColumns.objects.update_or_create(
            kind=batch.kind, digest=digest_of(found.headings), defaults={"columns": found.columns}
        )
    found.is_applied = True
    found.save()
    batch.rows.not_done().delete()
    add_rows(batch, found)


def _is_choice(batch: Batch, found: BatchList) -> bool:
    """Return whether staff chose the columns: they changed what was proposed, or nothing is left out.

    A column that was proposed to be left out, and stayed so, is asked about again in the next list.
    """
    left_out = [
        at for at, name in enumerate(found.columns) if not name and found.headings[at : at + 1] not in ([], [""])
    ]
    return not left_out or found.columns != guess_below(batch, found, found.header)


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
    left_out = [row for row in rows if not row.values or _is_no_row(found.table[row.number - 1])]
    if left_out:
        numbers = ", ".join(str(row.number) for row in left_out[:MAX_LISTED]) + (" …" if left_out[MAX_LISTED:] else "")
        batch.remarks = [
            *batch.remarks,
            _("Left out, because they are not rows of the list: %(numbers)s.") % {"numbers": numbers},
        ]
    kept = [row for row in rows if row not in left_out]
    if beside := _text_beside(found, kept):
        batch.remarks = [*batch.remarks, _("Left out, because it is outside the headings: %s.") % "; ".join(beside)]
    if kept and {"first_name", "last_name"} & set(found.columns):
        batch.remarks = [*batch.remarks, _("First and family names were joined: look at the order of each name.")]
    kind, register = KINDS[batch.kind], NameRegister(batch.made_by)
    for row in kept:
        row.values = kind.from_list(row.values, register)
    _write_days(kept)
    BatchRow.objects.bulk_create([BatchRow(batch=batch, number=row.number, values=row.values) for row in kept])


def _data_rows(found: BatchList) -> list[ListRow]:
    """Return the rows below the headings. Headings that are repeated, as on each page, are not rows."""
    return [
        ListRow(number, values_by_column(found.columns, row))
        for number, row in enumerate(found.table, 1)
        if number > found.header and any(row) and row != found.headings
    ]


def _text_beside(found: BatchList, rows: Sequence[ListRow]) -> list[str]:
    """Return the text of rows beside all headings, in columns that are left out, with the number of each row."""
    at = [number for number, name in enumerate(found.columns) if number >= len(found.headings) and not name]
    texts = [
        (row.number, " ".join(cells[number] for number in at if number < len(cells)).strip())
        for row in rows if (cells := found.table[row.number - 1])
    ]  # fmt: skip
    said = [_("row %(number)d: %(text)s") % {"number": number, "text": f"“{text}”"} for number, text in texts if text]
    return [*said[:MAX_LISTED], *["…"][: len(said) > MAX_LISTED]]


def _is_no_row(row: Sequence[str]) -> bool:
    """Return whether a row is a sum below a table, or a note on it."""
    cells = [cell for cell in row if cell]
    first = cells[0] if cells else ""
    is_total = normalize(first) in TOTAL_WORDS or (len(cells) == 1 and bool(TOTAL.match(normalize(first))))
    return is_total or (len(cells) == 1 and NOTE.match(first) is not None)


def _write_days(rows: Sequence[ListRow]) -> None:
    """Write days that are understood as 2026-03-01. All days of a column together show whether the month comes first.

    If none shows it, 3/4/2026 stays as it is, so that its row says that it is a guess.
    """
    month_first = is_month_first([row.values.get("received", "") for row in rows])
    for row in rows:
        text = row.values.get("received", "")
        if month_first is None and is_ambiguous_day(text):
            continue
        if day := parse_day(text, month_first=bool(month_first)):
            row.values["received"] = day.isoformat()
