"""Tables as CSV and XLSX files that are safe to open: no cell is ever a formula."""

import csv
import io
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Spreadsheet programs read text that starts with these as a formula; full-width ones in Chinese and Japanese versions.
FORMULA_SIGNS = "=+-@＝＋－＠"
IS_FORMULA = re.compile(rf"\s*+[{re.escape(FORMULA_SIGNS)}]|[\t\r\n]")  # some programs leave out the spaces
# A program that expects another separator, or takes a line break for the end of a row, begins a cell in the middle of a
# text. A run of separators, spaces and quotation marks is read once, from its beginning, however long it is.
BEFORE_FORMULA = re.compile(
    rf"""(?<![;|\s"'])(?:[^\S\t\r\n]|["'])*+[;|\t\r\n][;|\s"']*+(?=[{re.escape(FORMULA_SIGNS)}])"""
)
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MAX_CELL_LENGTH = 32_767  # characters in a cell of XLSX


def safe_value(value: Any) -> int | str:
    """Return a value as a cell may hold it.

    Integers stay as they are, dates are in ISO format, datetimes in local time to the minute, and all else is text.
    Text that looks like a formula gets an apostrophe in front.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    text = UNPRINTABLE.sub("", "" if value is None else str(value))
    return f"'{text}" if may_be_formula(text) else text


def may_be_formula(text: str) -> bool:
    """Return whether a spreadsheet program may read a text as a formula."""
    return IS_FORMULA.match(text) is not None


def to_csv(rows: Iterable[Iterable[Any]]) -> bytes:
    """Return rows as a CSV file in UTF-8 with a byte order mark, which Excel needs to recognize the encoding."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([_under_any_separator(safe_value(value)) for value in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _under_any_separator(value: int | str) -> int | str:
    return BEFORE_FORMULA.sub(r"\g<0>'", value) if isinstance(value, str) else value


def to_xlsx(rows: Iterable[Iterable[Any]]) -> bytes:
    """Return rows as an Excel file in which every text has the type text."""
    # Here, because few processes write XLSX, and loading openpyxl with numpy takes a sixth of the time to start one.
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet()

    def cell(value: int | str) -> Any:
        if isinstance(value, int):
            return WriteOnlyCell(sheet, value)
        text = WriteOnlyCell(sheet, value[:MAX_CELL_LENGTH])
        text.data_type = "s"
        return text

    for row in rows:
        sheet.append([cell(safe_value(value)) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


WRITERS: dict[str, Callable[[Iterable[Iterable[Any]]], bytes]] = {"csv": to_csv, "xlsx": to_xlsx}
