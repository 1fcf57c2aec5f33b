"""Zip files: all parts of one that we read, and a new one of parts that are clean."""

import io
import zipfile

from documents.apart.package import open_package

BEGINNING = (1980, 1, 1, 0, 0, 0)  # of time, as zips count it


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name; raises Unreadable if it unpacks to more than we read."""
    with zipfile.ZipFile(open_package(data)) as archive:
        # Two entries of one name would let a reader and us see different parts.
        names = archive.namelist()
        if len(names) != len(set(names)):
            raise ValueError("name twice in a package")
        return {name: archive.read(name) for name in names if not name.endswith("/")}


def packed(parts: dict[str, bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """Return a zip of these parts in this order, with no time, owner or remark in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, BEGINNING)
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return file.getvalue()
