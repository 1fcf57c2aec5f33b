"""Read a list that staff send, in CSV of any dialect, in Excel or OpenDocument, as a table of text."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from documents.errors import UnreadableError
from documents.models import Fault
from documents.sandbox.client import read_sheets
from publishing.spreadsheets import may_be_formula

from .columns import Columns, join_last_cells

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 2_000
MAX_LINES = 5_000  # empty ones included
FIRST_LINES = 40  # in which the separator and the headings are looked for
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
ZIP, OLE2 = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
TOO_LARGE = (Fault.TOO_LARGE_TEXT, Fault.TOO_MANY_PARTS, Fault.UNPACKED, Fault.TIMEOUT)
DASHES = " –—-"
SEPARATORS = ",;\t|"
# Encodings from before Unicode and their names. Chinese is last, because it has characters for most bytes.
OLD_ENCODINGS = {"cp1252": "Windows-1252", "cp1251": "Windows-1251", "cp1256": "Windows-1256", "gb18030": "GB 18030"}
# The first bytes of files that are plain text but not CSV: PDF, HTML, XML.
NOT_LISTS = (b"%PDF", b"<")
# Control characters never occur in text: a file with one of these is binary.
BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")


@dataclass
class Sheet:
    """A sheet of a list: its name, and its cells without the spaces around them. A CSV file has one without a name.

    The row with the number n is at n - 1; an empty one is kept.
    """

    name: str
    table: list[list[str]]


@dataclass
class ListRow:
    """One row: its number in the spreadsheet, counted from 1, and its text by column."""

    number: int
    values: dict[str, str]


@dataclass
class ListContent:
    """The rows of a list, and remarks for staff on what was ignored or may be wrong."""

    rows: list[ListRow] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_list(upload: UploadedFile, columns: Columns) -> ListContent:
    """Read an upload as a list whose first row names these columns.

    Raise ValidationError with one sentence and the code "headings", or one of `read_table`.
    """
    table, remarks = read_table(upload, columns)
    rows = [(number, row) for number, row in enumerate(table, 1) if any(row)]
    (_number, headings), *others = rows
    names, unknown = columns.match(headings)
    if unknown:
        remarks.append(_("Not understood, and left out: the columns %s.") % ", ".join(f"“{one}”" for one in unknown))
    if not others:
        raise ValidationError(_("This list has headings and no rows."), code="empty")
    return ListContent([ListRow(number, values_by_column(names, row)) for number, row in others], remarks)


def read_table(upload: UploadedFile, columns: Columns) -> tuple[list[list[str]], list[str]]:
    """Return the cells of the first of `read_all`, and remarks on how they were read and which sheets were not."""
    (sheet, *others), remarks = read_all(upload, columns)
    if others:
        remarks.append(
            _("The sheet “%(name)s” was read. These were not: %(others)s.")
            % {"name": sheet.name, "others": ", ".join(f"“{other.name}”" for other in others)}
        )
    return sheet.table, remarks


def read_all(upload: UploadedFile, columns: Columns) -> tuple[list[Sheet], list[str]]:
    """Return the sheets of an upload that are not empty, and remarks on how they were read.

    The sheet with most headings of `columns` comes first. The headings also show which encoding is right. Raise
    ValidationError with one sentence and the code "empty", "too_large", "unsupported", "locked" or "damaged".
    """
    found, remarks = _read_cells(upload, columns)
    sheets = [
        Sheet(name, table)
        for name, cells in found
        if any(table := [_without_empty_end([cell.strip() for cell in row]) for row in cells])
    ]
    if not sheets:
        raise ValidationError(_("This list is empty: choose another one."), code="empty")
    sheets.sort(key=lambda sheet: -max(columns.known(row) for row in sheet.table[:FIRST_LINES]))
    if sum(map(bool, sheets[0].table)) > MAX_ROWS + 1 or len(sheets[0].table) > MAX_LINES:
        raise ValidationError(
            _("This list has more than %(most)d rows: send it in several parts.") % {"most": MAX_ROWS},
            code="too_large",
        )
    return [sheet for sheet in sheets if sum(map(bool, sheet.table)) <= MAX_ROWS + 1], remarks


def values_by_column(names: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    """Return the text of a row by column, without columns that are left out and cells that are empty or a dash."""
    return {name: cell for name, cell in zip(names, row, strict=False) if name and cell.strip(DASHES)}


def is_formula(value: str) -> bool:
    """Return whether a cell contains a formula instead of text."""
    return value.startswith("=")


def strip_formula_guard(value: str) -> str:
    """Remove the apostrophe with which an export keeps text from being read as a formula."""
    return value[1:] if value.startswith("'") and may_be_formula(value[1:]) else value


def _read_cells(upload: UploadedFile, columns: Columns) -> tuple[list[tuple[str, list[list[str]]]], list[str]]:
    if not upload.size:
        raise ValidationError(_("This list is empty: choose another one."), code="empty")
    if upload.size > MAX_BYTES:
        raise ValidationError(_("This list is larger than 5 MB: send it in several parts."), code="too_large")
    upload.seek(0)
    data = upload.read()
    if data.startswith(OLE2):
        _refuse_ole2(data)
    if data.startswith(ZIP):
        return _read_spreadsheet(data), []
    text, encoding = _decode_csv(data, columns)
    if encoding not in OLD_ENCODINGS:
        return [("", _parse_csv(text, columns))], []
    look = _("The list is not in Unicode and was read as %(encoding)s: check the letters with accents.")
    return [("", _parse_csv(text, columns))], [look % {"encoding": OLD_ENCODINGS[encoding]}]


def _refuse_ole2(data: bytes) -> NoReturn:
    """Refuse an old Excel file or one with a password; both are OLE2 containers."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ValidationError(
            _("This list is protected by a password: save it without one and send the new file."), code="locked"
        )
    raise ValidationError(
        _("This is an old Excel file (.xls): save it as XLSX or CSV and send that."), code="unsupported"
    )


def _read_spreadsheet(data: bytes) -> list[tuple[str, list[list[str]]]]:
    """Return the names and cells of the sheets of an Excel or OpenDocument file.

    The latter says its kind in its first, unpacked entry.
    """
    kind = "ods" if ODS in data[: len(ZIP) + 200] else "xlsx"
    try:
        return read_sheets(data, kind)
    except UnreadableError as error:
        if error.fault in TOO_LARGE:
            raise ValidationError(
                _("This list unpacks to more than can be read: send it in several parts."), code="too_large"
            ) from error
        raise ValidationError(
            _("This is not a list, or a damaged one: send a CSV, XLSX or ODS file."), code="damaged"
        ) from error


def _decode_csv(data: bytes, columns: Columns) -> tuple[str, str]:
    """Return the text of a CSV file and the encoding it was decoded with; raise ValidationError for other files.

    Among the encodings from before Unicode, it takes the one in which most headings are known.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        found = [*_decodings(data, ["utf-16"])]
    else:
        found = [*_decodings(data, ["utf-8-sig"])] or [*_decodings(data, OLD_ENCODINGS)]
    if not found or data.lstrip().startswith(NOT_LISTS):
        raise ValidationError(_("This is not a list: send a CSV, XLSX or ODS file."), code="unsupported")
    return max(found, key=lambda decoding: _known_headings(decoding[0], columns))


def _decodings(data: bytes, encodings: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the text of a file and the encoding for each one in which it is text."""
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not BINARY.search(text):
            yield text, encoding


def _known_headings(text: str, columns: Columns) -> int:
    """Return the largest number of known headings in one of the first lines of a text."""
    lines = text.splitlines()[:FIRST_LINES]
    return max((columns.known(re.split(f"[{SEPARATORS}]", line)) for line in lines), default=0)


def _parse_csv(text: str, columns: Columns) -> list[list[str]]:
    """Return the rows of a CSV text; raise ValidationError if a quotation mark is missing."""
    separator = max(SEPARATORS, key=lambda one: _even_rows(text, one))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        sentence = _("This CSV file cannot be read to its end: it has a quotation mark too many or too few.")
        raise ValidationError(sentence, code="damaged") from error
    if separator in ",;" and '"' not in text:
        join_last_cells(rows, separator, columns)
    return rows


def _even_rows(text: str, separator: str) -> int:
    """Return the most separators that first rows of one length have together; lines above a table differ in length."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        lengths = Counter(len(row) for row in islice(lines, FIRST_LINES) if len(row) > 1)
    except csv.Error:
        return 0
    return max(((length - 1) * count for length, count in lengths.items()), default=0)


def _without_empty_end(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row.pop()
    return row
