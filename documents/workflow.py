"""The verbs: what is stored, discarded and read again. Others, but for `receiving`, write no row of this app."""

import hashlib
from collections.abc import Iterable
from contextlib import contextmanager

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile

from . import storage
from .checks import check_document
from .models import CleanCopy, Document, Picture
from .tasks import read_document, render_picture


def store(upload: UploadedFile) -> Document:
    """Keep an upload and ask for it to be read; file, row and task are all there afterwards, or none.

    An upload that no DocumentField has looked at is looked at here: raises ValidationError.
    """
    with on_disk(upload) as document, transaction.atomic():
        record(document)
    return document


@contextmanager
def on_disk(upload: UploadedFile):
    """Keep an upload as a document that is not yet recorded; its file goes again unless `record` follows in here.

    For those who have more to ask and to write before they know, and would hold others up with a file to copy.
    """
    document = Document(
        kind=getattr(upload, "kind", None) or check_document(upload),
        size=upload.size,
        sha256=_sha256(upload),
        original_name=(upload.name or "")[:255],
    )
    with storage.file_on_disk(document.file, upload):
        yield document
    if document.pk is None:
        document.file.storage.delete(document.file.name)


def record(document: Document) -> None:
    """Write the row of a document that is `on_disk`, and ask for it to be read; in the caller's transaction."""
    document.save()
    read_document.enqueue(document.pk)


def discard(document: Document) -> None:
    """Delete a document: the rows of it, its pages and its clean copy now, the files when that is certain."""
    with transaction.atomic():
        # Asked anew: the copy that the caller knows of may have been replaced since.
        copies = [copy.file for copy in CleanCopy.objects.filter(document=document)]
        _discard(document, [document.file, *copies])


def store_picture(upload: UploadedFile, *, alt: str, credit: str = "") -> Picture:
    """Keep a picture that a PictureField has looked at and ask for its renditions: all of it, or nothing."""
    picture = Picture(alt=alt, credit=credit)
    with storage.file_with_row(picture.original, upload):
        picture.save()
        render_picture.enqueue(picture.pk)
    return picture


def discard_picture(picture: Picture) -> None:
    """Delete a picture: the rows now, the files when that is certain."""
    _discard(picture, [picture.original, *(rendition.file for rendition in picture.renditions.all())])


def read_again(documents: Iterable[Document]) -> int:
    """Ask for documents to be read again, and return how many; what is known of them stays until then."""
    return sum(1 for document in documents if read_document.enqueue(document.pk))


def render_again(pictures: Iterable[Picture]) -> int:
    """Ask for renditions to be made again, and return of how many pictures; the old ones stay until then."""
    return sum(1 for picture in pictures if render_picture.enqueue(picture.pk))


def _sha256(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _discard(row: Document | Picture, files: list[FieldFile]) -> None:
    with transaction.atomic():
        row.delete()
        transaction.on_commit(lambda: [file.storage.delete(file.name) for file in files])
