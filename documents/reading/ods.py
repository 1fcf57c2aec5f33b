"""The sheets of an OpenDocument spreadsheet (ODF 1.3, part 3), row by row. Formulas are named, never evaluated."""

import re
import zipfile

from ..packages import open_package
from ..xml_trees import Element, parse_xml
from .odf_package import OFFICE, TABLE, TEXT
from .odt import text_of
from .xlsx import MAX_CELL, MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, Sheet

CELLS = (TABLE + "table-cell", TABLE + "covered-table-cell")
CLOCK_TIME = re.compile(r"PT(?=\d)(?:(\d{1,4})H)?(?:(\d{1,4})M)?")


def sheets(data: bytes) -> list[Sheet]:
    """Return the text of each cell of each sheet, without empty cells at the end of a row.

    Return at most MAX_ROWS + 1 rows of each, so that the caller sees that there are too many. Raise UnreadableError if
    the file unpacks to more than is allowed, and ValueError, KeyError or the errors of zipfile and lxml if it is
    damaged.
    """
    with zipfile.ZipFile(open_package(data)) as archive:
        content = parse_xml(archive.read("content.xml"))
    found = content.findall(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table")
    if not found:
        raise ValueError("no sheet")
    return [(sheet.get(TABLE + "name", ""), _rows(sheet)) for sheet in found[:MAX_SHEETS]]


def _rows(sheet: Element) -> list[list[str]]:
    found: list[list[str]] = []
    waiting = 0  # empty rows, which count only if a row follows: programs repeat the last one a million times
    for element in sheet.iter(TABLE + "table-row"):
        times = _repeated(element, "rows")
        cells = _cells(element)
        if not cells:
            waiting += times
            continue
        found += [[] for _ in range(min(waiting, MAX_ROWS + 1 - len(found)))]
        found += [list(cells) for _ in range(min(times, MAX_ROWS + 1 - len(found)))]
        waiting = 0
        if len(found) > MAX_ROWS:
            break
    return found


def _cells(row: Element) -> list[str]:
    """Return the text of the cells of a row."""
    found: list[str] = []
    for cell in row.iterchildren(*CELLS):
        times = min(_repeated(cell, "columns"), MAX_COLUMNS - len(found))
        found += [_cell_text(cell)] * times
    while found and not found[-1].strip():
        found.pop()
    return found


def _cell_text(cell: Element) -> str:
    """Return a cell's value as people write it: days in ISO 8601, yes and no, otherwise as the program shows it."""
    if formula := cell.get(TABLE + "formula"):
        return "=" + formula.rpartition("=")[2][:MAX_CELL]
    if day := cell.get(OFFICE + "date-value"):
        return day.removesuffix("T00:00:00").replace("T", " ")[: len("2026-03-01 09:30")]
    if (truth := cell.get(OFFICE + "boolean-value")) is not None:
        return "yes" if truth == "true" else "no"
    if hours := cell.get(OFFICE + "time-value"):
        return _clock_time(hours)
    return "\n".join("".join(text_of(part)).strip() for part in cell.iterchildren(TEXT + "p"))[:MAX_CELL]


def _clock_time(duration: str) -> str:
    """Return 09:30 for PT09H30M00S, and 00:30 for PT30M. A duration of another form is returned as it is."""
    time = CLOCK_TIME.match(duration)
    return f"{int(time[1] or 0):02}:{int(time[2] or 0):02}" if time else duration[:MAX_CELL]


def _repeated(element: Element, what: str) -> int:
    return max(1, int(element.get(f"{TABLE}number-{what}-repeated") or 1))
