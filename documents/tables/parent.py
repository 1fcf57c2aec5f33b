"""Reading a spreadsheet in a process of its own; see `documents/apart`."""

from documents.apart.parent import ask

PATIENCE = 30.0  # seconds


def rows(data: bytes, *, seconds: float = PATIENCE) -> list[list[str]]:
    """Return the rows of the first sheet of an XLSX file (see `documents/tables/xlsx.py`); raises Unreadable."""
    said, _nothing = ask("table", "xlsx", data, seconds)
    return said["rows"]
