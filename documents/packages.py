"""Zip packages (DOCX, ODT, XLSX): opened within limits, read into parts and written without metadata."""

import io
import zipfile

from .errors import UnreadableError

MAX_ENTRIES = 5000
MAX_UNPACKED = 256 * 1024 * 1024  # bytes, of all entries together
MAX_XML = 64 * 1024 * 1024  # bytes, of one part that a parser builds a tree from
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip entry can record


def open_package(data: bytes) -> io.BytesIO:
    """Return a zip as a file object, checked before a parser unpacks it; raise UnreadableError if it is too large.

    The check uses the sizes that the zip declares. `zipfile` never unpacks more than these, so a zip bomb stays small.
    """
    package = io.BytesIO(data)
    with zipfile.ZipFile(package) as archive:
        entries = archive.infolist()
    largest_xml = max((entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels"))), default=0)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or largest_xml > MAX_XML:
        raise UnreadableError("too_large_text")
    package.seek(0)
    return package


def read_parts(data: bytes) -> dict[str, bytes]:
    """Return the content of each part of a package by its name.

    Raise UnreadableError if the package is too large, and ValueError if it names a part twice.
    """
    with zipfile.ZipFile(open_package(data)) as archive:
        # If two entries had the same name, another program could read a different part than we do.
        names = archive.namelist()
        if len(names) != len(set(names)):
            raise ValueError("duplicate name in a package")
        return {name: archive.read(name) for name in names if not name.endswith("/")}


def write_parts(parts: dict[str, bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """Return a zip of these parts in this order, without times, owners and comments.

    The parts named in `stored` are not compressed.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return file.getvalue()
