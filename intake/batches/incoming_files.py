"""Receive uploads into a batch, and match its files with its rows. No record is created here."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from documents.checks import check_document

from ..list_files import ListContent, read_list, strip_formula_guard
from ..models import Batch, BatchFile, BatchRow
from .archives import is_user_file, unpack
from .row_kinds import KINDS
from .row_progress import delete_files, touch

LISTS = (".csv", ".tsv", ".xlsx", ".xls")
MAX_FILES = 500
MAX_NAMES = 10  # file names in a remark


def receive(batch: Batch, uploads: Iterable[UploadedFile], list_upload: UploadedFile | None = None) -> None:
    """Add files and a list to a batch, which may be new. Raise ValidationError, with nothing saved, if one is invalid.

    A ZIP may contain files and the list. A file that cannot be imported is not invalid: its row says why.
    """
    if batch.pk and batch.rows.waiting().exists():
        raise ValidationError(_("This batch is being brought in: wait until that is over."))
    known = set(batch.files.values_list("sha256", flat=True)) if batch.pk else set()
    remarks: list[str] = []
    with _delete_on_error() as files:
        content = _read_list(list_upload, batch) if list_upload else None
        for upload in _unpack_all(uploads):
            if _has_extension(upload, *LISTS):
                if content:
                    raise ValidationError(_("Two lists came in: send one."), code="headings")
                content = _read_list(upload, batch)
            elif not batch.has_files:
                sentence = _("Speakers and programmes come as a list: send a CSV or XLSX file.")
                raise ValidationError(sentence, code="unsupported")
            else:
                _store(upload, files, known, remarks)
        if not files and not content and not remarks:
            raise ValidationError(_("Nothing came in: choose files, a ZIP or a list."), code="empty")
        with transaction.atomic():
            batch.save()
            _add_rows(batch, files, content, remarks)


def _unpack_all(uploads: Iterable[UploadedFile]) -> Iterator[UploadedFile]:
    """Yield each upload, and each file inside a ZIP, without those that an operating system adds."""
    for upload in uploads:
        if _has_extension(upload, ".zip"):
            yield from unpack(upload)
        elif is_user_file(upload.name or ""):
            yield upload


def _has_extension(upload: UploadedFile, *extensions: str) -> bool:
    return (upload.name or "").lower().endswith(extensions)


def _read_list(upload: UploadedFile, batch: Batch) -> ListContent:
    return read_list(upload, KINDS[batch.kind].COLUMNS)


@contextmanager
def _delete_on_error() -> Iterator[list[BatchFile]]:
    """Give a list for stored files, and delete these from the disk if the block fails."""
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
            _("These are more than %(most)d files: send them in several parts.") % {"most": MAX_FILES}
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
        remarks.append(_("“%(name)s” came in twice and is taken once.") % {"name": file.name})
        return
    known.add(file.sha256)
    file.file.save("", upload, save=False)
    files.append(file)


def _sha256(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _add_rows(batch: Batch, files: list[BatchFile], content: ListContent | None, remarks: list[str]) -> None:
    """Save the files and rows. A list replaces all rows that are not done."""
    for file in files:
        # A file that could not be imported is replaced by one with the same name.
        delete_files(batch.files.filter(name=file.name).exclude(fault=""))
        file.batch = batch
        file.save()
    if content:
        batch.rows.not_done().delete()
        BatchRow.objects.bulk_create(
            [BatchRow(batch=batch, number=row.number, values=row.values) for row in content.rows]
        )
        remarks = [*content.remarks, *remarks]
    if batch.has_files:
        remarks += _match_files(batch, has_list=bool(content))
    batch.remarks = remarks
    batch.save()
    touch(batch.pk)


def _match_files(batch: Batch, *, has_list: bool) -> list[str]:
    """Give each row the file that it names, and add rows for the other files; return remarks on these."""
    free = list(batch.files.filter(row=None))
    for row in batch.rows.not_done().filter(file=None):
        file = _find_file(strip_formula_guard(row.values.get("file", "")), free)
        if file is not None:
            free.remove(file)
            row.file = file
            row.save(update_fields=["file"])
    last = batch.rows.order_by("number").last()
    start = (last.number if last else 1) + 1
    for number, file in enumerate(free, start):
        BatchRow.objects.create(batch=batch, number=number, file=file, values=values_from_file_name(file.name))
    if not (free and has_list):
        return []
    names = ", ".join(f"“{file.name}”" for file in free[:MAX_NAMES]) + (" …" if len(free) > MAX_NAMES else "")
    return [_("In no row of the list, and added below it: %(names)s.") % {"names": names}]


def rematch_files(batch: Batch, pks: Iterable[int]) -> None:
    """Match files again for rows that now name another file. Files left without a row get a new one.

    A row that was added for a file, and that nobody has edited, gives the file up to a row that names it.
    """
    for row in batch.rows.filter(pk__in=pks):
        open_files = batch.files.filter(Q(row=None) | Q(row__state=BatchRow.State.OPEN)).select_related("row")
        free = [file for file in open_files if _is_free(file) or file.row == row]
        row.file = _find_file(strip_formula_guard(row.values.get("file", "")), free)
        if row.file is not None:
            batch.rows.filter(file=row.file).exclude(pk=row.pk).delete()
        row.save(update_fields=["file"])
    _match_files(batch, has_list=False)


def _is_free(file: BatchFile) -> bool:
    """Return whether a file has no row, or only one that was added for it and not edited."""
    return not hasattr(file, "row") or file.row.values == values_from_file_name(file.name)


def _find_file(name: str, files: Sequence[BatchFile]) -> BatchFile | None:
    """Return the file with this name, with or without its extension; None if none or several match."""
    wanted = _file_key(name)
    for key in (lambda file: _file_key(file.name), lambda file: _file_key(PurePosixPath(file.name).stem)):
        found = [file for file in files if wanted and key(file) == wanted]
        if len(found) == 1:
            return found[0]
    return None


def _file_key(name: str) -> str:
    """Return a file name without folders, case and differences in Unicode form, for comparison."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return unicodedata.normalize("NFC", last).casefold().strip()


def values_from_file_name(name: str) -> dict[str, str]:
    """Return what a file name such as “Open Door - What we saw.pdf” says about its row, by column."""
    stem = PurePosixPath(name).stem.replace("_", " ")
    before, _dash, after = re.sub(r"\s[-–—]\s", "\0", stem, count=1).partition("\0")
    organization, title = (before.strip(), after.strip()) if after else ("", before.strip())
    return {key: value for key, value in {"file": name, "organization": organization, "title": title}.items() if value}
