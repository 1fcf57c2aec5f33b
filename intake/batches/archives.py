"""A ZIP that somebody sent: looked at before anything of it is unpacked."""

import io
import struct
import tempfile
import zipfile
import zlib
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from documents.checks import MAX_SIZE, USUAL_COMPRESSION

MOST_ENTRIES = 500
MOST_UNPACKED = 300 * 1024 * 1024  # bytes, of all entries together
MOST_RATIO = 200  # unpacked bytes for each packed one; written texts come to 20 at most
SMALL = 1024 * 1024  # bytes: below this no ratio matters
LONGEST_DIRECTORY = 1024 * 1024  # bytes of the table of entries
END, END_64, LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
LARGER = 76  # bytes: the record of a ZIP that may pass four gigabytes, and what tells where it lies
LONGEST_END = 65_557 + LARGER  # bytes: the longest comment, and the records before it
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError, OSError)
LITTER = {"thumbs.db", "desktop.ini", "__macosx"}


def unpacked(upload):
    """Each file in a ZIP as an upload, one at a time; raises ValidationError where the ZIP is not to be trusted."""
    try:
        demand_short_directory(upload)
        with zipfile.ZipFile(upload) as archive:
            entries = [entry for entry in archive.infolist() if is_wanted(entry)]
            look(entries)
            for entry in entries:
                with taken_out(archive, entry) as one:
                    yield one
    except BROKEN as error:
        raise ValidationError(_("This ZIP is damaged: make it again and send the new one."), code="damaged") from error


def demand_short_directory(upload):
    """Refuse a table of entries that would fill the memory: zipfile makes an object of each entry."""
    upload.seek(0, io.SEEK_END)
    upload.seek(max(0, upload.tell() - LONGEST_END))
    tail = upload.read()
    upload.seek(0)
    at = tail.rfind(END)
    if at < 0 or len(tail) < at + 22:
        raise zipfile.BadZipFile
    count, length = declared(tail, at)
    if count > 4 * MOST_ENTRIES or length > LONGEST_DIRECTORY:
        refuse_many()


def declared(tail, at):
    """How many entries a ZIP says it has and how many bytes they take; `at` is where its last record begins.

    Where a larger record stands before that one, zipfile believes it, whatever the last one says.
    """
    larger = tail[max(0, at - LARGER) : at]
    if larger.startswith(END_64) and larger[-20:].startswith(LOCATOR_64):
        return struct.unpack("<QQ", larger[32:48])
    return struct.unpack("<HL", tail[at + 10 : at + 16])


def refuse_many():
    raise ValidationError(
        _("This ZIP holds more than %(most)d files: send it in several parts."),
        code="too_many", params={"most": MOST_ENTRIES},
    )  # fmt: skip


def is_wanted(entry):
    """Whether an entry is a file that somebody meant to send, and no folder."""
    return not entry.is_dir() and is_meant(entry.filename)


def is_meant(name):
    """Whether a file of this name, in these folders, is more than what systems leave beside files."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    is_hidden = any(part.startswith(".") and part != ".." for part in parts)
    return not is_hidden and not LITTER & {part.lower() for part in parts}


def look(entries):
    """Raise ValidationError for a ZIP that is empty, locked, or much larger than it looks."""
    if not entries:
        raise ValidationError(_("This ZIP holds no file."), code="empty")
    if len(entries) > MOST_ENTRIES:
        refuse_many()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise ValidationError(_("This ZIP asks for a password: make one without and send that."), code="locked")
    if any(entry.compress_type not in USUAL_COMPRESSION for entry in entries):
        raise zipfile.BadZipFile
    bombs = [entry for entry in entries if entry.file_size > max(SMALL, MOST_RATIO * entry.compress_size)]
    if bombs or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise ValidationError(
            _("This ZIP unpacks to much more than it should: send the files in smaller parts."), code="too_large"
        )


def taken_out(archive, entry):
    """One entry as an upload; one that is too large comes with its size and without its bytes."""
    file = tempfile.SpooledTemporaryFile(max_size=SMALL)  # noqa: SIM115  closed by who takes the upload
    if entry.file_size <= MAX_SIZE:
        with archive.open(entry) as packed:
            while chunk := packed.read(64 * 1024):
                file.write(chunk)
        file.seek(0)
    name = PurePosixPath(entry.filename.replace("\\", "/")).name
    return UploadedFile(file, name, size=entry.file_size)
