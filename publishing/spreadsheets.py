"""Tables as files for spreadsheet programs, safe to open there: no cell of them is ever a formula."""

import csv
import io
import re
from datetime import date, datetime

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# What programs take for the beginning of a formula; the wide ones are read so where Chinese or Japanese is set.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST_CELL = 32_767  # characters that XLSX can hold


def harmless(value):
    """A value as a cell may hold it: whole numbers stay, dates become ISO, any other is text that runs nowhere."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    text = UNPRINTABLE.sub("", "" if value is None else str(value))
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def as_csv(rows):
    """The bytes of a CSV file of these rows, marked as UTF-8, without which Excel takes it for something else."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([harmless(value) for value in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(rows):
    """The bytes of an Excel file of these rows; all text in it is marked as text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append([cell(sheet, harmless(value)) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cell(sheet, value):
    """A cell whose text nobody interprets, whatever it begins with."""
    if isinstance(value, int):
        return WriteOnlyCell(sheet, value)
    made = WriteOnlyCell(sheet, value[:LONGEST_CELL])
    made.data_type = "s"
    return made


WRITERS = {"csv": as_csv, "xlsx": as_xlsx}
