"""What came in, sorted into files and a list, and laid beside each other as rows. Nothing of it is in a record yet."""

import hashlib
import re
import unicodedata
from contextlib import contextmanager
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from documents.checks import check_document
from intake.models import BatchFile, BatchRow
from intake.spreadsheets.reading import plain, read_list

from .archives import is_meant, unpacked
from .kinds import KINDS
from .marking import let_go, moved

LISTS = (".csv", ".tsv", ".xlsx", ".xls")
MOST_FILES = 500
MOST_NAMED = 10  # file names that a remark tells


def name_key(name):
    """A file's name as it is compared: without its folders, case and ways of writing accents."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return unicodedata.normalize("NFC", last).casefold().strip()


def arrivals(uploads):
    """Each file that was sent, those inside ZIPs too, without what systems leave in a folder."""
    for upload in uploads:
        if upload.name.lower().endswith(".zip"):
            yield from unpacked(upload)
        elif is_meant(upload.name):
            yield upload


@transaction.atomic
def lay_out(batch, kept, listed, remarks):
    """Write what came in down, and make rows of it. Rows that are done stay; a new list replaces the others."""
    for file in kept:
        drop_faulty(batch, file.name)
        file.batch = batch
        file.save()
    if listed:
        batch.rows.undone().delete()
        BatchRow.objects.bulk_create(
            [BatchRow(batch=batch, number=line.number, values=line.values) for line in listed.lines]
        )
        remarks = [*listed.remarks, *remarks]
    if batch.has_files:
        remarks += match(batch, has_list=bool(listed))
    batch.remarks = remarks
    batch.save()
    moved(batch.pk)


def receive(batch, uploads, list_upload=None):
    """Take uploads and a list into a batch that may be new; all of it, or nothing and a ValidationError."""
    if batch.pk and batch.rows.waiting().exists():
        raise ValidationError(_("This batch is being brought in: wait until that is over."))
    known = set(batch.files.values_list("sha256", flat=True)) if batch.pk else set()
    with kept_files() as kept:
        remarks = []
        for upload in arrivals(uploads):
            if upload.name.lower().endswith(LISTS):
                list_upload = the_list(list_upload, upload, batch)
            else:
                demand_files(batch)
                keep(upload, kept, known, remarks)
        listed = list_upload and read(list_upload, batch)
        if not kept and not listed and not remarks:
            raise ValidationError(_("Nothing came in: choose files, a ZIP or a list."), code="empty")
        with transaction.atomic():
            batch.save()
            lay_out(batch, kept, listed, remarks)


def demand_files(batch):
    """Speakers and programmes are lists and nothing else."""
    if not batch.has_files:
        raise ValidationError(_("Speakers and programmes come as a list: send a CSV or XLSX file."), code="unsupported")


def the_list(already, upload, batch):
    """The list among the files, read while its ZIP is open; raises ValidationError where there are two."""
    if already is not None:
        raise ValidationError(_("Two lists came in: send one."), code="headings")
    return read(upload, batch)


def read(list_upload, batch):
    """A list with the columns of that kind of batch, if it is not read yet."""
    if not hasattr(list_upload, "chunks"):
        return list_upload
    return read_list(list_upload, KINDS[batch.kind].COLUMNS)


@contextmanager
def kept_files():
    """A list for files on the disk, which go again if what follows fails."""
    kept = []
    try:
        yield kept
    except BaseException:
        for file in kept:
            if file.file:
                file.file.storage.delete(file.file.name)
        raise


def keep(upload, kept, known, remarks):
    """Put one upload on the disk, or what is wrong with it in words; the same content is taken once."""
    if len(kept) >= MOST_FILES:
        raise ValidationError(
            _("These are more than %(most)d files: send them in several parts.") % {"most": MOST_FILES}
        )
    file = BatchFile(name=upload.name[-255:], size=upload.size)
    try:
        check_document(upload)
    except ValidationError as error:
        file.fault = error.messages[0][:300]
        kept.append(file)
        return
    file.sha256 = sha256(upload)
    if file.sha256 in known:
        remarks.append(_("“%(name)s” came in twice and is taken once.") % {"name": file.name})
        return
    known.add(file.sha256)
    file.file.save("", upload, save=False)
    kept.append(file)


def sha256(upload):
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def drop_faulty(batch, name):
    """A file that was not taken makes room for another of its name."""
    let_go(batch.files.filter(name=name).exclude(fault=""))


def match(batch, *, has_list):
    """Lay files beside the rows that name them, and make rows of the others; return remarks on what had no row."""
    free = list(batch.files.filter(row=None))
    for row in batch.rows.undone().filter(file=None):
        file = the_file(plain(row.values.get("file", "")), free)
        if file is not None:
            free.remove(file)
            row.file = file
            row.save(update_fields=["file"])
    last = batch.rows.order_by("number").last()
    start = (last.number if last else 1) + 1
    for number, file in enumerate(free, start):
        BatchRow.objects.create(batch=batch, number=number, file=file, values=guessed(file.name))
    if not (free and has_list):
        return []
    names = ", ".join(f"“{file.name}”" for file in free[:MOST_NAMED]) + (" …" if len(free) > MOST_NAMED else "")
    return [_("In no row of the list, and added below it: %(names)s.") % {"names": names}]


def lay_again(batch, pks):
    """Lay files beside rows whose cell now names another; what they had, and what has no row then, gets one again.

    A row that stands for a file alone, and in which nobody has written, gives it up to a row that names it.
    """
    for row in batch.rows.filter(pk__in=pks):
        open_files = batch.files.filter(Q(row=None) | Q(row__state=BatchRow.State.OPEN)).select_related("row")
        free = [file for file in open_files if is_free(file) or file.row == row]
        row.file = the_file(plain(row.values.get("file", "")), free)
        if row.file is not None:
            batch.rows.filter(file=row.file).exclude(pk=row.pk).delete()
        row.save(update_fields=["file"])
    match(batch, has_list=False)


def is_free(file):
    """Whether no row has a file, or only one that says no more than the file's name does."""
    return not hasattr(file, "row") or file.row.values == guessed(file.name)


def the_file(name, free):
    """The file of that name, with or without its ending; None where none or several fit."""
    wanted = name_key(name)
    for key in (lambda file: name_key(file.name), lambda file: name_key(PurePosixPath(file.name).stem)):
        found = [file for file in free if wanted and key(file) == wanted]
        if len(found) == 1:
            return found[0]
    return None


def guessed(name):
    """What a file's name may say: “Open Door - What we saw.pdf”."""
    stem = PurePosixPath(name).stem.replace("_", " ")
    before, _dash, after = re.sub(r"\s[-–—]\s", "\0", stem, count=1).partition("\0")
    organization, title = (before.strip(), after.strip()) if after else ("", before.strip())
    return {key: value for key, value in {"file": name, "organization": organization, "title": title}.items() if value}
