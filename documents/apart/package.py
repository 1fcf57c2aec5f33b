"""A look into a zip before a parser unpacks it: a bomb is small only while it is packed."""

import io
import zipfile

from documents.apart.faults import Unreadable

MAX_ENTRIES = 5000
MAX_UNPACKED = 256 * 1024 * 1024  # bytes, of all entries together
MAX_XML = 64 * 1024 * 1024  # bytes, of one part that a parser builds a tree from


def open_package(data: bytes) -> io.BytesIO:
    """Return the zip as a file, looked at; raises Unreadable if it unpacks to more than we read.

    The sizes are those that the zip declares: `zipfile` unpacks no further than that.
    """
    package = io.BytesIO(data)
    with zipfile.ZipFile(package) as archive:
        entries = archive.infolist()
    largest_xml = max((entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels"))), default=0)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or largest_xml > MAX_XML:
        raise Unreadable("too_large_text")
    package.seek(0)
    return package
