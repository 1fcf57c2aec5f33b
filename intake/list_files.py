"""Read a list that staff send, in CSV of any dialect or in Excel, as rows of text by column."""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from documents.errors import UnreadableError
from documents.models import Fault
from documents.sandbox.client import read_rows
from publishing.spreadsheets import FORMULA_STARTS

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 2_000
ZIP, OLE2 = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
SEPARATORS = ",;\t"
# The first bytes of files that are plain text but not CSV: PDF, HTML, XML.
NOT_LISTS = (b"%PDF", b"<")
# Control characters never occur in text: a file with one of these is binary.
BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")


def normalize(words: object) -> str:
    """Return words without case, accents, punctuation and extra spaces, for comparison."""
    letters = str(words).casefold()
    if not letters.isascii():
        decomposed = unicodedata.normalize("NFKD", letters)
        letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(re.findall(r"[^\W_]+", letters))


class Columns:
    """The columns of one kind of list.

    `names` maps each column to the other headings that people give it; `required` are those that a list must have.
    """

    def __init__(self, names: Mapping[str, Sequence[str]], *, required: Sequence[str] = ()) -> None:
        self.names, self.required = list(names), required
        self.by_heading = {
            normalize(heading): name for name, headings in names.items() for heading in (name, *headings)
        }

    def match(self, headings: Sequence[str]) -> tuple[list[str | None], list[str]]:
        """Return the column of each heading (None if unknown), and the unknown headings.

        Raise ValidationError ("headings") if a column appears twice or a required one is missing.
        """
        found = [self.by_heading.get(normalize(heading)) for heading in headings]
        for name in self.names:
            if found.count(name) > 1:
                raise ValidationError(
                    _("This list has two columns for “%(name)s”: leave one of them.") % {"name": name}, code="headings"
                )
        missing = [name for name in self.required if name not in found]
        if missing:
            raise ValidationError(
                _("The first row of this list names no column “%(name)s”: it takes %(all)s.")
                % {"name": missing[0], "all": ", ".join(self.names)},
                code="headings",
            )
        return found, [heading for heading, name in zip(headings, found, strict=True) if heading and not name]


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
    """Read an upload as a list with these columns.

    Raise ValidationError with one sentence and the code "empty", "too_large", "unsupported", "locked", "damaged" or
    "headings".
    """
    table, remarks = _read_table(upload)
    rows = [(number, [cell.strip() for cell in row]) for number, row in enumerate(table, 1)]
    rows = [(number, row) for number, row in rows if any(row)]
    if not rows:
        raise ValidationError(_("This list is empty: choose another one."), code="empty")
    if len(rows) > MAX_ROWS + 1:
        raise ValidationError(
            _("This list has more than %(most)d rows: send it in several parts.") % {"most": MAX_ROWS},
            code="too_large",
        )
    (_number, headings), *others = rows
    names, unknown = columns.match(headings)
    if unknown:
        remarks.append(_("Not understood, and left out: the columns %s.") % ", ".join(f"“{one}”" for one in unknown))
    if not others:
        raise ValidationError(_("This list has headings and no rows."), code="empty")
    return ListContent([ListRow(number, _values_by_column(names, row)) for number, row in others], remarks)


def is_formula(value: str) -> bool:
    """Return whether a cell contains a formula instead of text."""
    return value.startswith("=")


def strip_formula_guard(value: str) -> str:
    """Remove the apostrophe with which an export keeps text from being read as a formula."""
    return value[1:] if value.startswith("'") and value[1:].startswith(FORMULA_STARTS) else value


def _read_table(upload: UploadedFile) -> tuple[list[list[str]], list[str]]:
    """Return all cells of an upload as text, and remarks on how they were read."""
    if not upload.size:
        raise ValidationError(_("This list is empty: choose another one."), code="empty")
    if upload.size > MAX_BYTES:
        raise ValidationError(_("This list is larger than 5 MB: send it in several parts."), code="too_large")
    upload.seek(0)
    data = upload.read()
    if data.startswith(OLE2):
        _refuse_ole2(data)
    if data.startswith(ZIP):
        return _read_xlsx(data), []
    text, encoding = _decode_csv(data)
    look = _("The list is in no Unicode and was read as Windows-1252: look at letters with accents.")
    return _parse_csv(text), [look] if encoding == "cp1252" else []


def _refuse_ole2(data: bytes) -> NoReturn:
    """Refuse an old Excel file or one with a password; both are OLE2 containers."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ValidationError(
            _("This list asks for a password: save it without one and send the new file."), code="locked"
        )
    raise ValidationError(
        _("This is a file of the old kind (.xls): save it as XLSX or CSV and send that."), code="unsupported"
    )


def _read_xlsx(data: bytes) -> list[list[str]]:
    try:
        return read_rows(data)
    except UnreadableError as error:
        if error.fault in (Fault.TOO_LARGE_TEXT, Fault.TIMEOUT):
            raise ValidationError(
                _("This list unpacks to more than can be read: send it in several parts."), code="too_large"
            ) from error
        raise ValidationError(
            _("This is not a list, or a damaged one: send a CSV or XLSX file."), code="damaged"
        ) from error


def _decode_csv(data: bytes) -> tuple[str, str]:
    """Return the text of a CSV file and the encoding it was decoded with; raise ValidationError for other files."""
    encodings = ["utf-16"] if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ["utf-8-sig", "cp1252"]
    if data.lstrip().startswith(NOT_LISTS):
        encodings = []
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not BINARY.search(text):
            return text, encoding
    raise ValidationError(_("This is not a list: send a CSV or XLSX file."), code="unsupported")


def _parse_csv(text: str) -> list[list[str]]:
    """Return the rows of a CSV text; raise ValidationError if a quotation mark is missing."""
    first = text.lstrip().split("\n", 1)[0]
    unquoted = re.sub(r'"[^"]*"', "", first)
    separator = max(SEPARATORS, key=unquoted.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        sentence = _("This CSV file can't be read to its end: a quotation mark is missing or stands too much.")
        raise ValidationError(sentence, code="damaged") from error


def _values_by_column(names: Sequence[str | None], row: Sequence[str]) -> dict[str, str]:
    """Return the text of a row by column, without empty cells and unknown columns."""
    return {name: cell for name, cell in zip(names, row, strict=False) if name and cell}
