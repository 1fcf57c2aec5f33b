"""Lists in the formats that people send."""

import io
import zipfile
from html import escape

from openpyxl import Workbook

from tests import files

ODF = "urn:oasis:names:tc:opendocument:xmlns"


def xlsx(rows) -> bytes:
    """Return an Excel file with these rows on its first sheet."""
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def semicolons(rows, encoding="cp1252") -> bytes:
    """Return the rows as CSV with semicolons, as Excel writes it in Austria."""
    return "".join(";".join(row) + "\r\n" for row in rows).encode(encoding)


def upload(content, name="list.csv"):
    """Return a list as a form receives it."""
    return files.upload(name, content)


def ods(rows, *, times=1, body_name="spreadsheet") -> bytes:
    """Return an OpenDocument spreadsheet with these rows, as LibreOffice writes them: with a million empty ones below.

    A cell is a text, or a pair of attributes and a text. Each row is repeated so many times.
    """
    spaces = "".join(f' xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "table", "text"))
    body = "".join(
        f'<table:table-row table:number-rows-repeated="{times}">{"".join(map(_ods_cell, row))}</table:table-row>'
        for row in rows
    )
    rest = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    content = (
        f"<office:document-content{spaces}><office:body><office:{body_name}><table:table>{body}{rest}</table:table>"
        "<table:table><table:table-row><table:table-cell><text:p>other</text:p></table:table-cell></table:table-row>"
        f"</table:table></office:{body_name}></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return file.getvalue()


def _ods_cell(cell) -> str:
    attributes, text = cell if isinstance(cell, tuple) else ("", cell)
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n") if line)
    return f"<table:table-cell {attributes}>{paragraphs}</table:table-cell>"
