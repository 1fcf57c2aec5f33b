"""Unpack a ZIP file from staff. It is checked before anything is unpacked."""

import io
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from documents.upload_checks import MAX_SIZE, USUAL_COMPRESSION

MAX_ENTRIES = 500
MAX_UNPACKED = 300 * 1024 * 1024  # bytes of all entries together
MAX_RATIO = 200  # unpacked bytes for each packed byte; text reaches 20 at most
SMALL = 1024 * 1024  # bytes: a smaller entry may have any ratio
MAX_DIRECTORY = 1024 * 1024  # bytes of the central directory
END, ZIP64_END, ZIP64_LOCATOR = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
ZIP64_RECORDS = 76  # bytes of the ZIP64 end record and its locator
MAX_END = 65_557 + ZIP64_RECORDS  # bytes: the end record with the longest comment, and the records before it
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError, OSError)
SYSTEM_FILES = {"thumbs.db", "desktop.ini", "__macosx"}


def unpack(upload: UploadedFile) -> Iterator[UploadedFile]:
    """Yield each file in a ZIP as an upload. Raise ValidationError if the ZIP is damaged, locked or too large."""
    try:
        _check_directory(upload)
        with zipfile.ZipFile(upload) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir() and is_user_file(entry.filename)]
            _check_entries(entries)
            for entry in entries:
                with _extract(archive, entry) as file:
                    yield file
    except DAMAGED as error:
        raise ValidationError(_("This ZIP is damaged: make it again and send the new one."), code="damaged") from error


def _check_directory(upload: UploadedFile) -> None:
    """Refuse a central directory that would use too much memory: zipfile creates an object for each entry."""
    upload.seek(0, io.SEEK_END)
    upload.seek(max(0, upload.tell() - MAX_END))
    tail = upload.read()
    upload.seek(0)
    at = tail.rfind(END)
    if at < 0 or len(tail) < at + 22:
        raise zipfile.BadZipFile
    count, length = _declared_size(tail, at)
    if count > 4 * MAX_ENTRIES or length > MAX_DIRECTORY:
        _refuse_many()


def _declared_size(tail: bytes, at: int) -> tuple[int, int]:
    """Return the declared number of entries and length of the central directory in bytes.

    `at` is the offset of the end record. A ZIP64 record before it takes precedence, as in zipfile.
    """
    zip64 = tail[max(0, at - ZIP64_RECORDS) : at]
    if zip64.startswith(ZIP64_END) and zip64[-20:].startswith(ZIP64_LOCATOR):
        return struct.unpack("<QQ", zip64[32:48])
    return struct.unpack("<HL", tail[at + 10 : at + 16])


def _refuse_many() -> NoReturn:
    raise ValidationError(
        _("This ZIP holds more than %(most)d files: send it in several parts."),
        code="too_many", params={"most": MAX_ENTRIES},
    )  # fmt: skip


def is_user_file(name: str) -> bool:
    """Return whether a file with this path comes from the user rather than from an operating system."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    is_hidden = any(part.startswith(".") and part != ".." for part in parts)
    return not is_hidden and not SYSTEM_FILES & {part.lower() for part in parts}


def _check_entries(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Raise ValidationError for a ZIP that is empty, locked, or a decompression bomb."""
    if not entries:
        raise ValidationError(_("This ZIP holds no file."), code="empty")
    if len(entries) > MAX_ENTRIES:
        _refuse_many()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise ValidationError(_("This ZIP is protected by a password: make one without and send that."), code="locked")
    if any(entry.compress_type not in USUAL_COMPRESSION for entry in entries):
        raise zipfile.BadZipFile
    bombs = [entry for entry in entries if entry.file_size > max(SMALL, MAX_RATIO * entry.compress_size)]
    if bombs or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise ValidationError(
            _("This ZIP unpacks to much more than it should: send the files in smaller parts."), code="too_large"
        )


def _extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> UploadedFile:
    """Return an entry as an upload. One that is too large has its size, but no content."""
    file = tempfile.SpooledTemporaryFile(max_size=SMALL)  # noqa: SIM115  the upload closes it
    if entry.file_size <= MAX_SIZE:
        with archive.open(entry) as packed:
            while chunk := packed.read(64 * 1024):
                file.write(chunk)
        file.seek(0)
    name = PurePosixPath(entry.filename.replace("\\", "/")).name
    return UploadedFile(file, name, size=entry.file_size)
