"""The first sheet of an Excel file, row by row; formulas come as they are written, never worked out."""

import datetime

from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from documents.packages import open_package

MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST_CELL = 5_000  # characters


def rows(data: bytes) -> list[list[str]]:
    """Return the words of each cell of the first sheet, without empty cells at the end of a row.

    More rows than MOST_ROWS are cut off one after it, so that who asks sees that there are too many.
    """
    book = load_workbook(open_package(data), read_only=True, data_only=False, keep_links=False)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # some programs declare a million rows
        found = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)
        return [trimmed([words(value) for value in row]) for row in found]
    finally:
        book.close()


def words(value) -> str:
    """Return a cell as a person reads it: dates in ISO, whole numbers without a point, yes and no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, ArrayFormula | DataTableFormula):
        return f"={value.ref}"  # a formula of several cells: enough to tell that it is one
    if isinstance(value, datetime.datetime):
        is_day = value.time() == datetime.time()
        return value.date().isoformat() if is_day else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.time):
        return value.isoformat("minutes")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:LONGEST_CELL]


def trimmed(row: list[str]) -> list[str]:
    """Return a row without the empty cells at its end."""
    while row and not row[-1].strip():
        row.pop()
    return row
