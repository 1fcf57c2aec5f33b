"""Tasks that process a file after it was received. Each can be run twice, or interrupted and run again."""

import hashlib
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django_tasks import task

from background.lanes import FILES

from .errors import UnreadableError
from .models import CleanCopy, Document, Fault, Page, Picture, Rendition, State
from .pictures import RenderedPicture, UnrenderableError, make_renditions
from .sandbox.client import CleanedFile, make_clean_copy, read_pages
from .storage import delete_on_commit, file_with_row


class RowDeletedError(Exception):
    """The row for which a file was made has been deleted."""


@task(queue_name=FILES)
def read_document(document_id: int) -> None:
    """Make the clean copy of a document and read its text, or record the fault that prevents it.

    The text is read from the clean copy, so that nothing that was removed can be found by a search. A copy is stored
    only if it was read to its end: what nobody could look through is not published. A document that has been deleted is
    ignored. Raise FileNotFoundError if the row exists and its file does not.
    """
    document = Document.objects.filter(pk=document_id).first()
    data = _content(document, document.file) if document else None
    if document is None or data is None:
        return
    try:
        cleaned = make_clean_copy(data, document.kind, pictured=document.pictured_pages)
    except UnreadableError as error:
        _record(document_id, fault=error.fault, fault_pages=error.pages)
        return
    try:
        _record_with_copy(cleaned, document_id, pages=read_pages(cleaned.content, document.kind))
    except UnreadableError as error:
        if error.fault == Fault.NO_TEXT:
            _record_with_copy(cleaned, document_id, fault=error.fault)
        else:
            _record(document_id, fault=error.fault, fault_pages=error.pages)


@task
def render_picture(picture_id: int) -> None:
    """Make the renditions of a picture, or mark it as faulty.

    A picture that has been deleted is ignored. Raise FileNotFoundError if the row exists and its file does not.
    """
    picture = Picture.objects.filter(pk=picture_id).first()
    data = _content(picture, picture.original) if picture else None
    if data is None:
        return
    try:
        _record_renditions(picture_id, make_renditions(data))
    except UnrenderableError:
        _record_renditions(picture_id, [])


def _content(row: Document | Picture, file: FieldFile) -> bytes | None:
    """Return the content of a row's file, or None if the row has been deleted with it."""
    try:
        with file.open("rb") as stored:
            content: bytes = stored.read()
    except FileNotFoundError:
        if type(row).objects.filter(pk=row.pk).exists():
            raise
        return None
    return content


def _record_with_copy(cleaned: CleanedFile, document_id: int, *, pages: Sequence[str] = (), fault: str = "") -> None:
    sha256 = hashlib.sha256(cleaned.content).hexdigest()
    copy = CleanCopy(
        document_id=document_id,
        size=len(cleaned.content),
        sha256=sha256,
        removed=cleaned.removed,
        kept=cleaned.kept,
    )
    try:
        with file_with_row(copy.file, ContentFile(cleaned.content)):
            if not _record(document_id, pages=pages, fault=fault, copy=copy):
                raise RowDeletedError
    except RowDeletedError:
        return


@transaction.atomic
def _record(
    document_id: int,
    *,
    pages: Sequence[str] = (),
    fault: str = "",
    fault_pages: Sequence[int] = (),
    copy: CleanCopy | None = None,
) -> Document | None:
    """Save the result of reading a document; return None if the document has been deleted."""
    document = Document.objects.select_for_update().filter(pk=document_id).first()
    if document is None:
        return None
    _replace_copy(document, copy)
    document.pages.all().delete()
    Page.objects.bulk_create(Page(document=document, number=n, text=text) for n, text in enumerate(pages, 1))
    document.state, document.fault = State.FAULTY if fault else State.READ, fault
    document.fault_pages = list(fault_pages)
    document.page_count = len(pages) if pages and document.kind == "pdf" else None
    # Save the document last, so that receivers of its signal, such as the search index of the owner, find the pages.
    document.save(update_fields=["state", "fault", "fault_pages", "page_count"])
    return document


def _replace_copy(document: Document, copy: CleanCopy | None) -> None:
    copies = CleanCopy.objects.filter(document=document)
    old_files = [former.file for former in copies]
    copies.delete()
    if copy:
        copy.save()
    delete_on_commit(old_files)


def _record_renditions(picture_id: int, rendered: list[RenderedPicture]) -> None:
    with transaction.atomic():
        picture = Picture.objects.select_for_update().filter(pk=picture_id).first()
        if picture is None:
            return
        old_files = [rendition.file for rendition in picture.renditions.all()]
        picture.renditions.all().delete()
        for one in rendered:
            rendition = Rendition(picture=picture, width=one.width, height=one.height)
            rendition.file.save("", ContentFile(one.content))
        picture.state = Picture.State.READY if rendered else Picture.State.FAULTY
        picture.save(update_fields=["state"])
        delete_on_commit(old_files)
