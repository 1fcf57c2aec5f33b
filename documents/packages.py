"""What a zip holds, told from two short entries; nothing else of it is unpacked."""

import io
import struct
import zipfile
import zlib

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from documents.models import Fault, Kind

MAX_ENTRIES = 5000
GLIMPSE = 1024 * 1024  # bytes of an entry that are read at most

BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, RuntimeError, OSError)
USUAL_PACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OTHERS = {
    b"wordprocessingml.template": _("document template"),
    b"opendocument.text-template": _("document template"),
    b"presentationml": _("presentation"),
    b"spreadsheetml": _("spreadsheet"),
    b"opendocument.presentation": _("presentation"),
    b"opendocument.spreadsheet": _("spreadsheet"),
}


def kind_of_package(data: bytes) -> tuple[Kind | None, str]:
    """Return the kind of a zip, or None and the name of what it appears to be (which may be a plain ZIP).

    Raises ValidationError: "damaged", "locked" (a password) or "macros".
    """
    try:
        return _look(data)
    except BROKEN as error:
        raise ValidationError(Fault.DAMAGED.label, code="damaged") from error


def _look(data: bytes) -> tuple[Kind | None, str]:
    # Counted before zipfile makes an object of each: a small file can list half a million.
    if data.count(b"PK\x01\x02") > MAX_ENTRIES:
        return None, _("ZIP archive")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types, mimetype = _glimpse(archive, "[Content_Types].xml"), _glimpse(archive, "mimetype").strip()
        _refuse_macros(archive, types)
        if WORD in types:
            return Kind.DOCX, ""
        if mimetype == b"application/vnd.oasis.opendocument.text":
            _refuse_password(archive)
            return Kind.ODT, ""
    return None, next((name for mark, name in OTHERS.items() if mark in types + mimetype), _("ZIP archive"))


def _glimpse(archive: zipfile.ZipFile, name: str) -> bytes:
    if name not in archive.namelist():
        return b""
    # The other methods can claim much memory before a byte is read, and no office program uses them.
    if archive.getinfo(name).compress_type not in USUAL_PACKING:
        raise zipfile.BadZipFile
    with archive.open(name) as entry:
        return entry.read(GLIMPSE)


def _refuse_macros(archive: zipfile.ZipFile, types: bytes) -> None:
    if b"macroEnabled" in types or any(name.endswith("vbaProject.bin") for name in archive.namelist()):
        raise ValidationError(
            _("This file holds macros, which are programs: save it as a plain DOCX or PDF and send that."),
            code="macros",
        )


def _refuse_password(archive: zipfile.ZipFile) -> None:
    if b"encryption-data" in _glimpse(archive, "META-INF/manifest.xml"):
        raise ValidationError(Fault.LOCKED.label, code="locked")
