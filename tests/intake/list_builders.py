"""Lists in the formats that people send."""

import io

from openpyxl import Workbook

from tests import files


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
