"""Workflows for uploads in pieces: begin, append, complete, drop.

The file is locked only while a block is written, never while the server waits for one. So a dead connection blocks
nobody. A block is written only if the upload ends where its sender expects, so that two senders never mix.
"""

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import PartialUpload
from .storage import delete_on_commit

FOLDER = "partial"
MAX_UPLOADS = 5  # unfinished, per person
MAX_BYTES = 200 * 1024 * 1024  # declared and unfinished, per person
IDLE_SECONDS = 60  # time without a new byte after which an upload may be dropped to make room


class UploadBusyError(Exception):
    """Another request is writing to this upload."""


class UploadQuotaError(ValidationError):
    """One person is uploading too many files or bytes at once."""


class OffsetMismatchError(Exception):
    """The upload does not end at the offset that the sender expects."""


@transaction.atomic
def begin(*, owner: Any, purpose: str, length: int, original_name: str, fields: dict[str, Any]) -> PartialUpload:
    """Create an empty upload for a file of `length` bytes, and make room by dropping the owner's longest idle ones.

    Raise UploadQuotaError if the uploads that are not idle leave no room.
    """
    # Handle one request of a person at a time. Otherwise, two could claim the same room.
    get_user_model().objects.select_for_update().get(pk=owner.pk)
    _make_room(owner, length)
    partial = PartialUpload(owner=owner, purpose=purpose, length=length, original_name=original_name, fields=fields)
    partial.file.name = f"{FOLDER}/{uuid4().hex}"
    # Create the file first. A row without a file could not be continued, while a file without a row is deleted as an
    # orphan.
    path = Path(partial.file.path)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    partial.save()
    return partial


def append(partial: PartialUpload, blocks: Iterable[bytes], *, offset: int) -> int:
    """Write blocks from `offset`, and return the new end of the upload. Blocks that were written always stay.

    Raise OffsetMismatchError if the upload ends elsewhere, for example since another sender is ahead, and
    UploadBusyError if another request is writing at this moment.
    """
    with _opened(partial) as file:
        try:
            for block in blocks:
                with _locked(file):
                    _write(file, block, offset)
                offset += len(block)
        finally:
            os.fsync(file.fileno())
    return offset


def complete(
    partial: PartialUpload,
    prepare: Callable[[UploadedFile], AbstractContextManager[Any]],
    finish: Callable[[PartialUpload, Any], None],
) -> None:
    """Hand a complete upload to `finish`, once, in a transaction that also marks the upload as finished.

    `prepare(upload)` returns a context manager whose value is the second argument of `finish(partial, value)`. It does
    slow work outside the transaction. Errors of both are passed on, and the upload stays as it was. Raise
    UploadBusyError or OffsetMismatchError as `append` does.
    """
    with _opened(partial) as file, _locked(file):
        current = _complete_row(PartialUpload.objects.all(), partial, file)
        if current.is_finished:
            return
        with current.file.open("rb") as content:
            upload = UploadedFile(content, name=current.original_name, size=current.length)
            with prepare(upload) as prepared, transaction.atomic():
                current = _complete_row(PartialUpload.objects.select_for_update(), partial, file)
                finish(current, prepared)
                done = {"finished_at": timezone.now(), "original_name": "", "fields": {}}
                PartialUpload.objects.filter(pk=current.pk).update(**done)
                delete_on_commit([current.file])


def drop(partial: PartialUpload) -> None:
    """Delete an upload; its file is deleted on commit. Raise UploadBusyError if a request is writing to it."""
    with suppress(OffsetMismatchError), _opened(partial) as file, _locked(file):
        _delete(partial)
        return
    _delete(partial)  # its file is already gone


def drop_expired() -> int:
    """Drop expired uploads and return how many; those that are being written are left for the next time."""
    dropped = 0
    for partial in PartialUpload.objects.expired():
        with suppress(UploadBusyError):
            drop(partial)
            dropped += 1
    return dropped


def _complete_row(rows: QuerySet, partial: PartialUpload, file: BinaryIO) -> PartialUpload:
    """Return the current row of an upload; raise OffsetMismatchError if the upload is gone or not complete."""
    current: PartialUpload | None = rows.filter(pk=partial.pk).first()
    if current is None or os.fstat(file.fileno()).st_size != current.length:
        raise OffsetMismatchError
    return current


def _make_room(owner: Any, length: int) -> None:
    kept = sorted(PartialUpload.objects.sent_by(owner).unfinished(), key=_last_written_at)
    while kept and (len(kept) >= MAX_UPLOADS or sum(one.length for one in kept) + length > MAX_BYTES):
        longest_idle = kept.pop(0)
        try:
            if timezone.now().timestamp() - _last_written_at(longest_idle) < IDLE_SECONDS:
                raise UploadBusyError
            drop(longest_idle)
        except UploadBusyError:
            message = _("You are sending many files at once: wait until one has arrived, then send this one.")
            raise UploadQuotaError(message) from None


def _last_written_at(partial: PartialUpload) -> float:
    """Return when the file was last written, in seconds since 1970; 0 if it is lost."""
    try:
        return os.path.getmtime(partial.file.path)
    except FileNotFoundError:
        return 0


@contextmanager
def _opened(partial: PartialUpload) -> Iterator[BinaryIO]:
    """Open an upload's file for reading and writing; raise OffsetMismatchError if it was finished or dropped."""
    try:
        file = open(partial.file.path, "r+b", buffering=0)  # noqa: SIM115  closed below
    except FileNotFoundError:
        raise OffsetMismatchError from None
    with file:
        yield file


@contextmanager
def _locked(file: BinaryIO) -> Iterator[None]:
    """Lock a file against other requests; raise UploadBusyError if another request holds the lock."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UploadBusyError from None
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)


def _write(file: BinaryIO, block: bytes, offset: int) -> None:
    found = os.fstat(file.fileno())
    if found.st_size != offset or not found.st_nlink:  # without links, it was dropped or finished meanwhile
        raise OffsetMismatchError
    file.seek(offset)
    rest = memoryview(block)
    while rest:
        rest = rest[file.write(rest) :]


def _delete(partial: PartialUpload) -> None:
    with transaction.atomic():
        partial.delete()
        delete_on_commit([partial.file])
