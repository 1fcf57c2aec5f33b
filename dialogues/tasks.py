"""Read the original files of summaries, and draw their PDF files, in the background."""

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from background.lanes import FILES
from documents.errors import UnreadableError
from documents.models import Fault
from documents.sandbox.client import document_markdown

from .models import Summary, SummaryReading
from .paragraphs import can_split
from .workflow import make_pdf, write_paragraphs


@task(queue_name=FILES)
def draw_summary(summary_id: int) -> None:
    """Draw the PDF file of a summary that was published."""
    summary = Summary.objects.filter(pk=summary_id).first()
    if summary:
        make_pdf(summary)


@transaction.atomic
def request_reading(summary: Summary) -> None:
    """Queue the reading of a summary's original file, and discard what was read from an earlier file.

    Raises ValueError for a summary without a file.
    """
    if summary.document is None:
        raise ValueError("The summary has no original file.")
    SummaryReading.objects.filter(summary=summary).delete()
    SummaryReading.objects.create(summary_id=summary.pk, document=summary.document)
    read_summary.enqueue(summary.pk, summary.document.pk)


@task
def read_summary(summary_id: int, document_id: int) -> None:
    """Read the structure of a summary's original file, unless the summary has another file by now.

    The text becomes the summary's own if it has none yet. Text that staff wrote is never replaced.
    """
    reading = SummaryReading.objects.filter(summary=summary_id, document=document_id).select_related("document").first()
    if reading is None:
        return
    try:
        text, fault = document_markdown(reading.document), ""
    except UnreadableError as error:
        text, fault = "", error.fault
    _save_reading(reading.pk, document_id, text, fault)


def give_up_reading(summary_id: int, document_id: int) -> None:
    """Record that the file of a summary cannot be read, because the process that tried died each time."""
    reading = SummaryReading.objects.filter(summary=summary_id, document=document_id, read_at=None).first()
    if reading:
        _save_reading(reading.pk, document_id, "", Fault.CRASHED)


@transaction.atomic
def _save_reading(reading_id: int, document_id: int, text: str, fault: str) -> None:
    readings = SummaryReading.objects.select_for_update().select_related("summary")
    reading = readings.filter(pk=reading_id, document=document_id).first()
    if reading is None:
        return
    reading.text, reading.fault, reading.read_at = text, fault, timezone.now()
    reading.save()
    # If a number occurs twice, staff correct the text before it becomes paragraphs.
    if text and not reading.summary.paragraphs.exists() and can_split(text):
        write_paragraphs(reading.summary, text)
