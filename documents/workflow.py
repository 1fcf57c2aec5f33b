"""Workflows that store, delete and reprocess documents and pictures.

These, `tasks.py` and `partial_uploads.py` are the only code that writes rows of this app.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile

from background.lanes import LAST_RANK, file_priority

from . import storage
from .models import CleanCopy, Document, Fault, Picture, State
from .tasks import read_document, render_picture
from .upload_checks import check_document


def store(upload: UploadedFile) -> Document:
    """Store an upload and queue the task that reads it; file, row and task all exist afterwards, or none does.

    An upload that no DocumentField has checked is checked here; raise ValidationError.
    """
    with on_disk(upload) as document, transaction.atomic():
        record(document)
    return document


@contextmanager
def on_disk(upload: UploadedFile) -> Iterator[Document]:
    """Save an upload's file for a document that is not recorded yet; delete it unless the block calls `record`.

    For callers that run more checks and queries in a transaction, which copying a file would keep open for too long.
    """
    document = Document(
        kind=getattr(upload, "kind", None) or check_document(upload),
        size=upload.size or 0,
        sha256=_sha256(upload),
        original_name=(upload.name or "")[:255],
    )
    with storage.file_on_disk(document.file, upload):
        yield document
    if document.pk is None:
        document.file.storage.delete(storage.stored_name(document.file))


def record(document: Document, *, waiting: int = 0) -> None:
    """Write the row of a document from `on_disk` and queue the task that reads it, in the caller's transaction.

    `waiting` is how many files of the same owner wait to be read, so that other owners do not wait for all of them.
    """
    document.save()
    task = read_document.using(priority=file_priority(waiting)) if waiting else read_document
    task.enqueue(document.pk)


def discard(document: Document) -> None:
    """Delete a document with its pages and its clean copy; the files are deleted on commit."""
    with transaction.atomic():
        # Queried again, as the clean copy that the caller knows may have been replaced since.
        copies = [copy.file for copy in CleanCopy.objects.filter(document=document)]
        _discard(document, [document.file, *copies])


def store_picture(upload: UploadedFile, *, alt: str, credit: str = "") -> Picture:
    """Store a picture that a PictureField has checked and queue its renditions; all exist afterwards, or none does."""
    picture = Picture(alt=alt, credit=credit)
    with storage.file_with_row(picture.original, upload):
        picture.save()
        render_picture.enqueue(picture.pk)
    return picture


def discard_picture(picture: Picture) -> None:
    """Delete a picture with its renditions; the files are deleted on commit."""
    _discard(picture, [picture.original, *(rendition.file for rendition in picture.renditions.all())])


def read_again(documents: Iterable[Document]) -> int:
    """Queue documents to be read again and return how many. Their text and clean copies stay until then."""
    last = read_document.using(priority=file_priority(LAST_RANK))
    return len([last.enqueue(document.pk) for document in documents])


@transaction.atomic
def picture_pages(document: Document) -> list[int]:
    """Have the pages at fault of a PDF published as pictures, have it read again, and return their numbers.

    Callers must make sure that somebody looks at the new copy before it is published. Return no numbers if the pages
    cannot become pictures, or if this was requested already.
    """
    current = Document.objects.select_for_update().get(pk=document.pk)
    if not current.can_be_pictured:
        return []
    numbers: list[int] = current.fault_pages
    current.pictured_pages = sorted({*current.pictured_pages, *numbers})
    current.state, current.fault, current.fault_pages = State.RECEIVED, "", []
    current.save(update_fields=["pictured_pages", "state", "fault", "fault_pages"])
    read_document.enqueue(current.pk)
    return numbers


@transaction.atomic
def give_up_reading(document_id: int) -> None:
    """Record that a waiting document cannot be read, because the process that tried died each time."""
    document = Document.objects.select_for_update().filter(pk=document_id, state=State.RECEIVED).first()
    if document:
        document.state, document.fault = State.FAULTY, Fault.CRASHED
        document.save(update_fields=["state", "fault"])


def give_up_rendering(picture_id: int) -> None:
    """Record that a waiting picture gets no renditions, for the same reason."""
    waiting = Picture.objects.filter(pk=picture_id, state=Picture.State.RECEIVED)
    waiting.update(state=Picture.State.FAULTY)


def render_again(pictures: Iterable[Picture]) -> int:
    """Queue pictures to be rendered again and return how many. The old renditions stay until then."""
    return len([render_picture.enqueue(picture.pk) for picture in pictures])


def _sha256(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _discard(row: Document | Picture, files: list[FieldFile]) -> None:
    with transaction.atomic():
        row.delete()
        storage.delete_on_commit(files)
