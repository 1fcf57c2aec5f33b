"""The first look at an upload, while its sender waits: type, size and lock, and nothing more."""

from typing import NoReturn

import puremagic
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from documents.models import Fault, Kind
from documents.packages import kind_of_package
from documents.reading.parent import opens_without_password
from documents.reading.plain import decode

MAX_SIZE = 20 * 1024 * 1024  # bytes
HEAD = 4096  # bytes that tell a type
MARKDOWN_NAMES = (".md", ".markdown")
TEXT_NAMES = (".txt", ".text", *MARKDOWN_NAMES)
OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
# Written in plain characters, yet not text for people.
SOURCES = {
    "{\\rtf": "RTF",
    "<!doctype html": "HTML",
    "<html": "HTML",
    "<?xml": "XML",
    "<svg": "SVG",
    "%!ps": "PostScript",
}


def check_size(upload: UploadedFile) -> None:
    """Raise ValidationError ("empty", "too_large") for a file with no bytes or with more than MAX_SIZE."""
    if not upload.size:
        raise ValidationError(_("This file is empty: choose another one."), code="empty")
    if upload.size > MAX_SIZE:
        raise ValidationError(
            _("This file is larger than 20 MB: send a smaller version or several parts."), code="too_large"
        )


def first_look(upload: UploadedFile) -> Kind:
    """Return what an upload's content is, whatever its name says.

    Raises ValidationError with one sentence for its sender and one of the codes "empty", "too_large", "legacy"
    (an old .doc), "locked" (asks for a password), "macros", "damaged", "encoding" (text, but not in UTF-8 or
    marked UTF-16) and "unsupported".
    """
    check_size(upload)
    upload.seek(0)
    data = upload.read()
    upload.seek(0)
    if data.startswith(b"PK\x03\x04"):
        kind, found = kind_of_package(data)
        return kind or _refuse(found)
    if data.startswith(OLE2):
        return _refuse_ole2(data)
    # Many programs write something before the mark, and readers look for it this far.
    return _pdf(data) if b"%PDF-" in data[:1024] else _text(data, upload.name.lower())


def _pdf(data: bytes) -> Kind:
    # The word is in every encrypted PDF, also in those that open for anyone.
    if b"/Encrypt" in data and not opens_without_password(data):
        raise ValidationError(Fault.LOCKED.label, code="locked")
    return Kind.PDF


def _text(data: bytes, name: str) -> Kind:
    try:
        start = decode(data)[:HEAD].lstrip().lower()
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
            _("This is a Word file of the old kind (.doc): save it as PDF or DOCX and send that."), code="legacy"
        )
    _refuse(_("Microsoft Office file of the old kind"))


def _refuse_binary(data: bytes, name: str) -> NoReturn:
    found = _appearance(data[:HEAD])
    if not found and name.endswith(TEXT_NAMES) and b"\0" not in data:
        raise ValidationError(
            _("This text is not in UTF-8: save it as UTF-8 (Unicode) and send that."), code="encoding"
        )
    _refuse(found)


def _refuse(found: str) -> NoReturn:
    if found:
        raise ValidationError(
            _("This file seems to be of a type that is not taken (%(found)s): send a PDF, DOCX, ODT, TXT or MD file."),
            code="unsupported",
            params={"found": found},
        )
    raise ValidationError(
        _("This file is of a type that is not taken: send a PDF, DOCX, ODT, TXT or MD file."), code="unsupported"
    )


def _appearance(head: bytes) -> str:
    """Return the English name of what a file appears to be, or nothing if that is a guess."""
    try:
        best = puremagic.magic_string(head)[0]
    except (puremagic.PureError, ValueError, IndexError):
        return ""
    return best.name if best.confidence >= 0.5 else ""
