"""Zip packages (DOCX, ODT, XLSX): opened within limits, read into parts and written without metadata."""

import io
import zipfile

from .errors import UnreadableError

MAX_ENTRIES = 5000
MAX_UNPACKED = 256 * 1024 * 1024  # bytes, of all entries together
MAX_XML = 64 * 1024 * 1024  # bytes, of one part that a parser builds a tree from
MAX_TAGS = 800_000  # in all XML of a package; each costs the cleaner up to thirty microseconds
XML_NAMES = (".xml", ".rels")
ENCRYPTED = 0x1  # a flag of an entry
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip entry can record


def open_package(data: bytes) -> io.BytesIO:
    """Return a zip as a file object, checked before a parser unpacks it; raise UnreadableError if it is too large.

    The faults are "too_many_parts" and "unpacked"; "locked" if an entry needs a password.

    The check uses the sizes that the zip declares. `zipfile` never unpacks more than these, so a zip bomb stays small.
    """
    package = io.BytesIO(data)
    with zipfile.ZipFile(package) as archive:
        entries = archive.infolist()
    largest_xml = max((entry.file_size for entry in entries if entry.filename.endswith(XML_NAMES)), default=0)
    if len(entries) > MAX_ENTRIES:
        raise UnreadableError("too_many_parts")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED or largest_xml > MAX_XML:
        raise UnreadableError("unpacked")
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise UnreadableError("locked")
    package.seek(0)
    return package


def read_parts(data: bytes) -> dict[str, bytes]:
    """Return the content of each part of a package by its name.

    Raise UnreadableError if the package is too large or has too many tags, and ValueError if it names a part twice.
    """
    with zipfile.ZipFile(open_package(data)) as archive:
        # If two entries had the same name, another program could read a different part than we do.
        names = archive.namelist()
        if len(names) != len(set(names)):
            raise ValueError("duplicate name in a package")
        parts = {name: archive.read(name) for name in names if not name.endswith("/")}
    if sum(content.count(b"<") for name, content in parts.items() if name.endswith(XML_NAMES)) > MAX_TAGS:
        raise UnreadableError("too_many_parts")
    return parts


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
