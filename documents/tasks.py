"""What happens to a file after it was received. Each task can run twice or be cut short and run again."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django_tasks import task

from .errors import UnreadableError
from .models import CleanCopy, Document, Page, Picture, Rendition, State
from .pictures import RenderedPicture, UnrenderableError, make_renditions
from .sandbox.client import CleanedFile, make_clean_copy, read_pages
from .storage import file_with_row


class RowDeletedError(Exception):
    """The row that a file was made for is no longer there."""


@task
def read_document(document_id: int) -> None:
    """Put the clean copy of a document and the text of that in place, or the fault that stood in the way.

    A document that is gone is left. What is not in the clean copy is not in the text, and so is never found either.

    Raises FileNotFoundError if the row is there and its file is not.
    """
    document = Document.objects.filter(pk=document_id).first()
    data = document and _content(document, document.file)
    if data is None:
        return
    try:
        cleaned = make_clean_copy(data, document.kind)
    except UnreadableError as error:
        _record(document_id, fault=error.fault)
        return
    try:
        _record_with(cleaned, document_id, pages=read_pages(cleaned.content, document.kind))
    except UnreadableError as error:
        _record_with(cleaned, document_id, fault=error.fault)


@task
def render_picture(picture_id: int) -> None:
    """Put the renditions of a picture in place, or mark it faulty; a picture that is gone is left.

    Raises FileNotFoundError if the row is there and its file is not.
    """
    picture = Picture.objects.filter(pk=picture_id).first()
    data = picture and _content(picture, picture.original)
    if data is None:
        return
    try:
        _record_renditions(picture_id, make_renditions(ContentFile(data)))
    except UnrenderableError:
        _record_renditions(picture_id, [])


def _content(row, file) -> bytes | None:
    try:
        with file.open("rb") as stored:
            return stored.read()
    except FileNotFoundError:
        if type(row).objects.filter(pk=row.pk).exists():
            raise
        return None


def _record_with(cleaned: CleanedFile, document_id: int, *, pages: tuple | list = (), fault: str = "") -> None:
    sha256 = hashlib.sha256(cleaned.content).hexdigest()
    copy = CleanCopy(document_id=document_id, size=len(cleaned.content), sha256=sha256, removed=cleaned.removed)
    try:
        with file_with_row(copy.file, ContentFile(cleaned.content)):
            if not _record(document_id, pages=pages, fault=fault, copy=copy):
                raise RowDeletedError
    except RowDeletedError:
        return


@transaction.atomic
def _record(
    document_id: int, *, pages: tuple | list = (), fault: str = "", copy: CleanCopy | None = None
) -> Document | None:
    document = Document.objects.select_for_update().filter(pk=document_id).first()
    if document is None:
        return None
    _replace_copy(document, copy)
    document.pages.all().delete()
    Page.objects.bulk_create(Page(document=document, number=n, text=text) for n, text in enumerate(pages, 1))
    document.state, document.fault = State.FAULTY if fault else State.READ, fault
    document.page_count = len(pages) if pages and document.kind == "pdf" else None
    # Saved last, so that whoever hears of it (the owner's search index) finds the pages.
    document.save(update_fields=["state", "fault", "page_count"])
    return document


def _replace_copy(document: Document, copy: CleanCopy | None) -> None:
    copies = CleanCopy.objects.filter(document=document)
    old = [former.file for former in copies]
    copies.delete()
    if copy:
        copy.save()
    transaction.on_commit(lambda: [file.storage.delete(file.name) for file in old])


def _record_renditions(picture_id: int, rendered: list[RenderedPicture]) -> None:
    with transaction.atomic():
        picture = Picture.objects.select_for_update().filter(pk=picture_id).first()
        if picture is None:
            return
        old = [rendition.file for rendition in picture.renditions.all()]
        picture.renditions.all().delete()
        for one in rendered:
            rendition = Rendition(picture=picture, width=one.width, height=one.height)
            rendition.file.save("", ContentFile(one.content))
        picture.state = Picture.State.READY if rendered else Picture.State.FAULTY
        picture.save(update_fields=["state"])
        transaction.on_commit(lambda: [file.storage.delete(file.name) for file in old])
