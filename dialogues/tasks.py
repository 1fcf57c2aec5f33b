"""Work on proceedings that no request waits for."""

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from documents.errors import UnreadableError
from documents.sandbox.client import document_markdown

from . import workflow
from .models import SummaryReading
from .paragraphs import split


@task
def read_summary(summary_id: int, document_id: int) -> None:
    """Read the structure of a summary's original file; a summary that has another file by then is left.

    Where there is no text yet, what was read becomes it. Words that staff have written are never replaced.
    """
    reading = SummaryReading.objects.filter(summary=summary_id, document=document_id).select_related("document").first()
    if reading is None:
        return
    try:
        text, fault = document_markdown(reading.document), ""
    except UnreadableError as error:
        text, fault = "", error.fault
    _record(reading.pk, document_id, text, fault)


@transaction.atomic
def _record(reading_id, document_id, text, fault):
    readings = SummaryReading.objects.select_for_update().select_related("summary")
    reading = readings.filter(pk=reading_id, document=document_id).first()
    if reading is None:
        return
    reading.text, reading.fault, reading.read_at = text, fault, timezone.now()
    reading.save()
    if text and not reading.summary.paragraphs.exists() and _can_be_split(text):
        workflow.write_paragraphs(reading.summary, text)


def _can_be_split(text):
    """Whether a text has each number once; else staff put that right before it becomes paragraphs."""
    try:
        return bool(split(text))
    except ValueError:
        return False
