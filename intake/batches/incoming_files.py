"""Receive uploads into a batch. No record is created here."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from documents.upload_checks import check_document

from ..list_files import read_all
from ..models import Batch, BatchFile, BatchList
from .archives import is_user_file, unpack
from .list_rows import add_rows, awaits_columns, keep_list, new_list
from .row_kinds import KINDS
from .row_progress import delete_files, touch

LISTS = (".csv", ".tsv", ".xlsx", ".xls", ".ods")
MAX_FILES = 500


def receive(batch: Batch, uploads: Iterable[UploadedFile], list_upload: UploadedFile | None = None) -> None:
    """Add files and a list to a batch, which may be new. Raise ValidationError, with nothing saved, if one is invalid.

    A ZIP may contain files and the list. A file that cannot be imported is not invalid: its row says why. If there are
    files, neither is a list that cannot be read: the files are kept, and the batch says why the list was not used.
    """
    if batch.pk and batch.rows.waiting().exists():
        raise ValidationError(_("This batch is being imported: wait until it is done."))
    known = set(batch.files.values_list("sha256", flat=True)) if batch.pk else set()
    remarks: list[str] = []
    lists = IncomingLists(batch)
    with _delete_on_error() as files:
        if list_upload:
            lists.read(list_upload)
        for upload in _unpack_all(uploads):
            if _has_extension(upload, *LISTS):
                lists.read(upload)
            elif not batch.has_files:
                sentence = _("Speakers and programmes come as a list: send a CSV, XLSX or ODS file.")
                raise ValidationError(sentence, code="unsupported")
            else:
                _store(upload, files, known, remarks)
        if lists.fault and not files and not batch.pk:
            raise lists.fault
        if not files and not lists.found and not lists.fault and not remarks:
            raise ValidationError(_("Nothing was uploaded: choose files, a ZIP or a list."), code="empty")
        with transaction.atomic():
            batch.remarks = [*lists.remarks, *remarks]
            batch.list_fault = lists.fault_sentence
            batch.save()
            _save_files(batch, files)
            if lists.found:
                keep_list(batch, lists.found)
            if not awaits_columns(batch):
                add_rows(batch, lists.found)
            touch(batch.pk)


def _unpack_all(uploads: Iterable[UploadedFile]) -> Iterator[UploadedFile]:
    """Yield each upload, and each file inside a ZIP, without those that an operating system adds."""
    for upload in uploads:
        if _has_extension(upload, ".zip"):
            yield from unpack(upload)
        elif is_user_file(upload.name or ""):
            yield upload


def _has_extension(upload: UploadedFile, *extensions: str) -> bool:
    return (upload.name or "").lower().endswith(extensions)


class IncomingLists:
    """The list among the uploads for a batch: found, or refused with a fault. If there are two, neither is taken."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.found: BatchList | None = None
        self.fault: ValidationError | None = None
        self.remarks: list[str] = []
        self.count = 0

    def read(self, upload: UploadedFile) -> None:
        """Read an upload as a list, or keep the reason why it is not one."""
        self.count += 1
        if self.count > 1:
            self.found, self.remarks = None, []
            self.fault = ValidationError(_("You uploaded two lists: send one."), code="headings")
            return
        try:
            sheets, self.remarks = read_all(upload, KINDS[self.batch.kind].COLUMNS)
            self.found = new_list(self.batch, (upload.name or "")[-255:], sheets)
        except ValidationError as error:
            self.fault = error

    @property
    def fault_sentence(self) -> str:
        """The fault as one sentence, or nothing."""
        return self.fault.messages[0][:300] if self.fault else ""


@contextmanager
def _delete_on_error() -> Iterator[list[BatchFile]]:
    """Yield a list for stored files, and delete those files from the disk if the block fails."""
    files: list[BatchFile] = []
    try:
        yield files
    except BaseException:
        for file in files:
            if file.file.name:
                file.file.storage.delete(file.file.name)
        raise


def _store(upload: UploadedFile, files: list[BatchFile], known: set[str], remarks: list[str]) -> None:
    """Store an upload, or the reason why it cannot be imported. Skip content that the batch already has."""
    if len(files) >= MAX_FILES:
        raise ValidationError(
            _("There are more than %(most)d files: send them in several parts.") % {"most": MAX_FILES}
        )
    file = BatchFile(name=(upload.name or "")[-255:], size=upload.size or 0)
    try:
        check_document(upload)
    except ValidationError as error:
        file.fault = error.messages[0][:300]
        files.append(file)
        return
    file.sha256 = _sha256(upload)
    if file.sha256 in known:
        remarks.append(_("“%(name)s” was uploaded twice and is used once.") % {"name": file.name})
        return
    known.add(file.sha256)
    file.file.save("", upload, save=False)
    files.append(file)


def _sha256(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _save_files(batch: Batch, files: list[BatchFile]) -> None:
    """Save new files of a batch. One with the name of a file that could not be imported takes its place."""
    for file in files:
        delete_files(batch.files.filter(name=file.name).exclude(fault=""))
        file.batch = batch
        file.save()
