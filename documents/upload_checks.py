"""The check of an upload while its sender waits: only its type, its size and whether it is locked."""

import io
import struct
import zipfile
import zlib
from typing import NoReturn

import puremagic
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Fault, Kind
from .packages import ENCRYPTED, MAX_ENTRIES
from .reading.text import decode_text
from .sandbox.client import opens_without_password

MAX_SIZE = 20 * 1024 * 1024  # bytes
HEAD = 4096  # bytes from which the type is recognized
MARKDOWN_NAMES = (".md", ".markdown")
TEXT_NAMES = (".txt", ".text", *MARKDOWN_NAMES)
ENDINGS = tuple(dict.fromkeys([*(f".{kind}" for kind in Kind), *MARKDOWN_NAMES]))  # of the names of accepted files
OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
# Formats that are plain text, but not meant for people to read.
SOURCES = {
    "{\\rtf": "RTF",
    "<!doctype html": "HTML",
    "<html": "HTML",
    "<?xml": "XML",
    "<svg": "SVG",
    "%!ps": "PostScript",
}
# Pictures as phones and scanners make them.
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
HEIF = {b"heic", b"heix", b"heif", b"mif1", b"msf1", b"avif"}
MAX_GLIMPSE = 1024 * 1024  # bytes that are read of a zip entry
BROKEN_PACKAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, RuntimeError, OSError)
USUAL_COMPRESSION = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OTHER_PACKAGES = {
    b"wordprocessingml.template": _("document template"),
    b"opendocument.text-template": _("document template"),
    b"presentationml": _("presentation"),
    b"spreadsheetml": _("spreadsheet"),
    b"opendocument.presentation": _("presentation"),
    b"opendocument.spreadsheet": _("spreadsheet"),
}


def check_size(upload: UploadedFile) -> None:
    """Raise ValidationError ("empty", "too_large") for a file without bytes or with more than MAX_SIZE."""
    if not upload.size:
        raise ValidationError(_("This file is empty: choose another one."), code="empty")
    if upload.size > MAX_SIZE:
        raise ValidationError(
            _("This file is larger than 20 MB: send a smaller version or several parts."), code="too_large"
        )


def check_document(upload: UploadedFile) -> Kind:
    """Return the kind of an upload by its content; its name only distinguishes Markdown from plain text.

    Raise ValidationError with one sentence for the sender and one of the codes "empty", "too_large", "legacy" (an old
    .doc), "locked" (needs a password), "macros", "damaged", "too_many_parts", "encoding" (text that is neither UTF-8
    nor marked UTF-16) and "unsupported".
    """
    check_size(upload)
    upload.seek(0)
    data = upload.read()
    upload.seek(0)
    if data.startswith(b"PK\x03\x04"):
        kind, found = package_kind(data)
        return kind or _refuse(found)
    if data.startswith(OLE2):
        return _refuse_ole2(data)
    # Many programs write something before the header, and PDF readers search for it this far.
    return _pdf(data) if b"%PDF-" in data[:1024] else _text(data, (upload.name or "").lower())


def _pdf(data: bytes) -> Kind:
    # Every encrypted PDF contains this key, including those that open for anyone.
    if b"/Encrypt" in data and not opens_without_password(data):
        raise ValidationError(Fault.LOCKED.label, code="locked")
    return Kind.PDF


def _text(data: bytes, name: str) -> Kind:
    try:
        start = decode_text(data)[:HEAD].lstrip().lower()
    except ValueError:
        return _refuse_binary(data, name)
    for mark, found in SOURCES.items():
        if start.startswith(mark):
            _refuse(found)
    return Kind.MARKDOWN if name.endswith(MARKDOWN_NAMES) else Kind.TEXT


def _refuse_ole2(data: bytes) -> NoReturn:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ValidationError(Fault.LOCKED.label, code="locked")
    if "WordDocument".encode("utf-16-le") in data:
        raise ValidationError(
            _("This is an old Word file (.doc): save it as PDF or DOCX and send that."), code="legacy"
        )
    _refuse(_("old Microsoft Office file"))


def _refuse_binary(data: bytes, name: str) -> NoReturn:
    found = _appearance(data[:HEAD])
    if not found and name.endswith(TEXT_NAMES) and b"\0" not in data:
        raise ValidationError(
            _("This text is not in UTF-8: save it as UTF-8 (Unicode) and send that."), code="encoding"
        )
    _refuse(found)


def _refuse(found: str | Promise) -> NoReturn:
    if found:
        raise ValidationError(
            _("This type of file is not accepted (%(found)s): send a PDF, DOCX, ODT, TXT or MD file."),
            code="unsupported",
            params={"found": found},
        )
    raise ValidationError(
        _("This type of file is not accepted: send a PDF, DOCX, ODT, TXT or MD file."), code="unsupported"
    )


def _appearance(head: bytes) -> str | Promise:
    """Return the name of the type that a file appears to have, or "" if that would be a guess."""
    is_webp, is_heif = head[:4] == b"RIFF" and head[8:12] == b"WEBP", head[4:8] == b"ftyp" and head[8:12] in HEIF
    if head.startswith(PICTURES) or is_webp or is_heif:
        return _("picture")
    try:
        best = puremagic.magic_string(head)[0]
    except (puremagic.PureError, ValueError, IndexError):
        return ""
    return best.name if best.confidence >= 0.5 else ""


def package_kind(data: bytes) -> tuple[Kind | None, str | Promise]:
    """Return the kind of a zip, or None and the name of what it appears to be (possibly just a ZIP archive).

    Only two short entries are decompressed. Raise ValidationError: "damaged", "locked" (needs a password),
    "too_many_parts" or "macros".
    """
    try:
        return _package_kind(data)
    except BROKEN_PACKAGE as error:
        raise ValidationError(Fault.DAMAGED.label, code="damaged") from error


def _package_kind(data: bytes) -> tuple[Kind | None, str | Promise]:
    # Count the entries before zipfile creates an object for each: a small file can list half a million.
    if data.count(b"PK\x01\x02") > MAX_ENTRIES:
        if b"word/document.xml" in data or b"content.xml" in data:
            raise ValidationError(Fault.TOO_MANY_PARTS.label, code="too_many_parts")
        return None, _("ZIP archive")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types, mimetype = _glimpse(archive, "[Content_Types].xml"), _glimpse(archive, "mimetype").strip()
        _refuse_macros(archive, types)
        if WORD in types:
            return Kind.DOCX, ""
        if mimetype == b"application/vnd.oasis.opendocument.text":
            _refuse_password(archive)
            return Kind.ODT, ""
    return None, next((name for mark, name in OTHER_PACKAGES.items() if mark in types + mimetype), _("ZIP archive"))


def _glimpse(archive: zipfile.ZipFile, name: str) -> bytes:
    if name not in archive.namelist():
        return b""
    # Other compression methods can allocate much memory before the first byte is read, and no office program uses them.
    if archive.getinfo(name).compress_type not in USUAL_COMPRESSION:
        raise zipfile.BadZipFile
    if archive.getinfo(name).flag_bits & ENCRYPTED:
        raise ValidationError(Fault.LOCKED.label, code="locked")
    with archive.open(name) as entry:
        return entry.read(MAX_GLIMPSE)


def _refuse_macros(archive: zipfile.ZipFile, types: bytes) -> None:
    if b"macroEnabled" in types or any(name.endswith("vbaProject.bin") for name in archive.namelist()):
        raise ValidationError(
            _("This file contains macros: save it as a plain DOCX or PDF and send that."),
            code="macros",
        )


def _refuse_password(archive: zipfile.ZipFile) -> None:
    if b"encryption-data" in _glimpse(archive, "META-INF/manifest.xml"):
        raise ValidationError(Fault.LOCKED.label, code="locked")
