"""The sheets of an Excel file, row by row. Formulas are returned as they are written, never evaluated."""

import datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from ..packages import open_package

MAX_ROWS = 5_000
MAX_COLUMNS = 60
MAX_CELL = 5_000  # characters
MAX_SHEETS = 12

Sheet = tuple[str, list[list[str]]]  # its name, and its cells row by row


def sheets(data: bytes) -> list[Sheet]:
    """Return the text of each cell of each sheet that is shown, without empty cells at the end of a row.

    Return at most MAX_ROWS + 1 rows of each, so that the caller sees that there are too many. Raise UnreadableError if
    the file unpacks to more than is allowed, and the errors of openpyxl and zipfile if it is damaged.
    """
    book = load_workbook(open_package(data), read_only=True, data_only=False, keep_links=False)
    try:
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
        return [(sheet.title, _rows(sheet)) for sheet in shown[:MAX_SHEETS]]
    finally:
        book.close()


def _rows(sheet: Any) -> list[list[str]]:
    sheet.reset_dimensions()  # some programs declare a million rows
    found = sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS, values_only=True)
    return [_without_empty_end([cell_text(value) for value in row]) for row in found]


def cell_text(value: object) -> str:
    """Return a cell's value as people write it: dates in ISO 8601, whole numbers without a point, yes and no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, ArrayFormula | DataTableFormula):
        return f"={value.ref}"  # a formula of several cells: enough to tell that it is one
    if isinstance(value, datetime.datetime):
        is_date = value.time() == datetime.time()
        return value.date().isoformat() if is_date else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.time):
        return value.isoformat("minutes")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:MAX_CELL]


def _without_empty_end(row: list[str]) -> list[str]:
    while row and not row[-1].strip():
        row.pop()
    return row
