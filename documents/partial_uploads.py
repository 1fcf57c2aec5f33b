"""The verbs of an upload that comes in pieces: begin, append, complete, drop.

Its file is locked only while a block is written, never while one is waited for: a connection that died without a word
holds up nobody. Each block goes where its writer believes the end to be, or nowhere, so that two writers never mix.
"""

import fcntl
import os
from collections.abc import Callable, Iterable
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import PartialUpload

FOLDER = "partial"
MOST_UPLOADS = 5  # of one person, not finished
MOST_BYTES = 200 * 1024 * 1024  # of one person, declared and not finished
IDLE = 60  # seconds without a byte, after which an upload may have to make room


class UploadBusyError(Exception):
    """Another request is at this upload right now."""


class UploadQuotaError(ValidationError):
    """One person sends too much at once."""


class OffsetMismatchError(Exception):
    """The upload does not end where the sender believes."""


@transaction.atomic
def begin(*, owner, purpose: str, length: int, original_name: str, fields: dict) -> PartialUpload:
    """Make an empty upload, and room for it by dropping the owner's idle ones, the idlest first.

    Raises NoRoom when those that are not idle leave none.
    """
    get_user_model().objects.select_for_update().get(pk=owner.pk)  # one by one, or two would find the same room
    _make_room(owner, length)
    partial = PartialUpload(owner=owner, purpose=purpose, length=length, original_name=original_name, fields=fields)
    partial.file.name = f"{FOLDER}/{uuid4().hex}"
    # The file first: a row without one would be a promise, a file without a row is swept.
    path = Path(partial.file.path)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    partial.save()
    return partial


def append(partial: PartialUpload, blocks: Iterable[bytes], *, offset: int) -> int:
    """Write blocks from `offset` on, and return where the upload ends now; what is written stays, whatever happens.

    Raises Elsewhere if it ends elsewhere, also when another writer gets ahead, and Busy if one is at it this moment.
    """
    with _opened(partial) as part:
        try:
            for block in blocks:
                with _alone(part):
                    _write(part, block, offset)
                offset += len(block)
        finally:
            os.fsync(part.fileno())
    return offset


def complete(partial: PartialUpload, prepare: Callable, finish: Callable) -> None:
    """Hand a whole upload to `finish`, once: what it writes and the note that it is done are both there, or neither.

    `prepare(upload)` is a context manager whose value `finish(partial, value)` gets: what takes long is done there,
    where nobody waits for the database. What they raise goes through, and the upload stays as it was. Raises Busy or
    Elsewhere as `append` does.
    """
    with _opened(partial) as part, _alone(part):
        current = _whole(PartialUpload.objects, partial, part)
        if current.is_finished:
            return
        with current.file.open("rb") as content:
            upload = UploadedFile(content, name=current.original_name, size=current.length)
            with prepare(upload) as prepared, transaction.atomic():
                current = _whole(PartialUpload.objects.select_for_update(), partial, part)
                finish(current, prepared)
                done = {"finished_at": timezone.now(), "original_name": "", "fields": {}}
                PartialUpload.objects.filter(pk=current.pk).update(**done)
                _remove_file(current)


def _whole(rows, partial: PartialUpload, part) -> PartialUpload:
    current = rows.filter(pk=partial.pk).first()
    if current is None or os.fstat(part.fileno()).st_size != current.length:
        raise OffsetMismatchError
    return current


def drop(partial: PartialUpload) -> None:
    """Forget an upload: the row now, the file when that is certain. Raises Busy if a request is at it."""
    with suppress(OffsetMismatchError), _opened(partial) as part, _alone(part):
        _forget(partial)
        return
    _forget(partial)  # its file is gone already


def drop_expired() -> int:
    """Drop what has expired and return how many; what is being written this moment waits for the next time."""
    swept = 0
    for partial in PartialUpload.objects.expired():
        with suppress(UploadBusyError):
            drop(partial)
            swept += 1
    return swept


def _make_room(owner, length: int) -> None:
    kept = sorted(PartialUpload.objects.sent_by(owner).unfinished(), key=_last_byte_at)
    while kept and (len(kept) >= MOST_UPLOADS or sum(one.length for one in kept) + length > MOST_BYTES):
        idlest = kept.pop(0)
        try:
            if timezone.now().timestamp() - _last_byte_at(idlest) < IDLE:
                raise UploadBusyError
            drop(idlest)
        except UploadBusyError:
            raise UploadQuotaError(
                _("You send many files at once: wait until one is here, then send this one.")
            ) from None


def _last_byte_at(partial: PartialUpload) -> float:
    """Seconds since 1970; long ago if the file is lost."""
    try:
        return os.path.getmtime(partial.file.path)
    except FileNotFoundError:
        return 0


@contextmanager
def _opened(partial: PartialUpload):
    """Its file, for reading and writing; Elsewhere if another request finished or dropped it."""
    try:
        part = open(partial.file.path, "r+b", buffering=0)  # noqa: SIM115  closed below
    except FileNotFoundError:
        raise OffsetMismatchError from None
    with part:
        yield part


@contextmanager
def _alone(part: BinaryIO):
    try:
        fcntl.flock(part, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UploadBusyError from None
    try:
        yield
    finally:
        fcntl.flock(part, fcntl.LOCK_UN)


def _write(part: BinaryIO, block: bytes, offset: int) -> None:
    found = os.fstat(part.fileno())
    if found.st_size != offset or not found.st_nlink:  # no links: dropped or finished since it was opened
        raise OffsetMismatchError
    part.seek(offset)
    rest = memoryview(block)
    while rest:
        rest = rest[part.write(rest) :]


def _forget(partial: PartialUpload) -> None:
    with transaction.atomic():
        partial.delete()
        _remove_file(partial)


def _remove_file(partial: PartialUpload) -> None:
    storage, name = partial.file.storage, partial.file.name
    transaction.on_commit(lambda: storage.delete(name))
