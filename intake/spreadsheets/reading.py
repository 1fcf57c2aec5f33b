"""A list that somebody sent, as rows of words by column."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from documents.apart.faults import Unreadable
from documents.models import Fault
from documents.tables import parent as tables
from publishing.spreadsheets import FORMULA_STARTS

from .separated import rows_of, text_of

LARGEST = 5 * 1024 * 1024  # bytes
MOST_ROWS = 2_000
ZIP, OLE2 = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass
class Line:
    """One row: its number as the spreadsheet counts, and its words by column."""

    number: int
    values: dict


@dataclass
class Listed:
    """What was understood of a list, and what of it was not, in sentences."""

    lines: list[Line] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_list(upload, columns):
    """Read an upload as a list with these columns (see `columns.Columns`).

    Raises ValidationError with one sentence: "empty", "too_large", "unsupported", "locked", "damaged", "headings".
    """
    rows, remarks = raw_rows(upload)
    rows = [(number, [cell.strip() for cell in row]) for number, row in enumerate(rows, 1)]
    rows = [(number, row) for number, row in rows if any(row)]
    if not rows:
        raise ValidationError(_("This list is empty: choose another one."), code="empty")
    if len(rows) > MOST_ROWS + 1:
        raise ValidationError(
            _("This list has more than %(most)d rows: send it in several parts.") % {"most": MOST_ROWS},
            code="too_large",
        )
    (_number, headings), *others = rows
    names, unknown = columns.understood(headings)
    if unknown:
        remarks.append(_("Not understood, and left out: the columns %s.") % ", ".join(f"“{one}”" for one in unknown))
    lines = [Line(number, values_of(names, row)) for number, row in others]
    if not lines:
        raise ValidationError(_("This list has headings and no rows."), code="empty")
    return Listed(lines, remarks)


def raw_rows(upload):
    """All cells of an upload as words, and a remark where somebody should look at them twice."""
    if not upload.size:
        raise ValidationError(_("This list is empty: choose another one."), code="empty")
    if upload.size > LARGEST:
        raise ValidationError(_("This list is larger than 5 MB: send it in several parts."), code="too_large")
    upload.seek(0)
    data = upload.read()
    if data.startswith(OLE2):
        refuse_old(data)
    if data.startswith(ZIP):
        return sheet(data), []
    text, encoding = text_of(data)
    look = _("The list is in no Unicode and was read as Windows-1252: look at letters with accents.")
    return rows_of(text), [look] if encoding == "cp1252" else []


def refuse_old(data):
    """Excel's old kind and what is locked look alike from outside."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ValidationError(
            _("This list asks for a password: save it without one and send the new file."), code="locked"
        )
    raise ValidationError(
        _("This is a file of the old kind (.xls): save it as XLSX or CSV and send that."), code="unsupported"
    )


def sheet(data):
    """The rows of an Excel file."""
    try:
        return tables.rows(data)
    except Unreadable as error:
        if error.fault in (Fault.TOO_LARGE_TEXT, Fault.TIMEOUT):
            raise ValidationError(
                _("This list unpacks to more than can be read: send it in several parts."), code="too_large"
            ) from error
        raise ValidationError(
            _("This is not a list, or a damaged one: send a CSV or XLSX file."), code="damaged"
        ) from (error)


def values_of(names, row):
    """The words of a row by column, without those that are empty or in no column of ours."""
    return {name: cell for name, cell in zip(names, row, strict=False) if name and cell}


def formula_in(value):
    """Whether a cell holds a formula where words should stand."""
    return value.startswith("=")


def plain(value):
    """A cell's words without the apostrophe that kept them from being a formula."""
    return value[1:] if value.startswith("'") and value[1:].startswith(FORMULA_STARTS) else value
