"""Make the PDF files of published summaries, and remove those of summaries that are no longer public."""

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction

from documents.errors import UnreadableError
from documents.sandbox.client import draw_pdf
from documents.storage import delete_on_commit, file_with_row

from ..checks import can_draw
from ..models import Summary, SummaryPdf
from ..summary_pdfs import current_pdf, pdf_html, pdf_key

RETRY_AFTER = 24 * 60 * 60  # seconds until an unchanged summary that could not be drawn is tried again


def make_pdf(summary: Summary, *, again: bool = False) -> bool:
    """Draw the PDF file of a public summary unless it is there and current; return whether it was drawn.

    With `again`, a current one is drawn too. Raises UnreadableError if it cannot be drawn. An attempt can take minutes,
    so the next one is made after RETRY_AFTER, or once the summary has changed; until then, return False.
    """
    public = Summary.objects.published().filter(pk=summary.pk).select_related("dialogue").first()
    if public is None or not (settings.SUMMARY_PDFS and can_draw()):
        return False
    paragraphs = list(public.paragraphs.select_related("recommendation"))
    if not paragraphs or (not again and current_pdf(public, paragraphs)):
        return False
    key = pdf_key(public, paragraphs)  # before it is drawn: what changes meanwhile makes it outdated
    failed = f"summary-pdf-failed:{key}"
    if not again and cache.get(failed):
        return False
    try:
        content = draw_pdf(pdf_html(public, paragraphs))
    except UnreadableError:
        cache.set(failed, True, RETRY_AFTER)
        raise
    old = SummaryPdf.objects.filter(summary=public).first()
    made = SummaryPdf(pk=old.pk if old else None, summary=public, key=key, size=len(content))
    with file_with_row(made.file, ContentFile(content)):
        if old:
            delete_on_commit([old.file])
        made.save()
    return True


def remove_hidden_pdfs() -> int:
    """Delete the PDF files of summaries that are not public, and return how many there were."""
    hidden = SummaryPdf.objects.exclude(summary__in=Summary.objects.published())
    with transaction.atomic():
        removed = list(hidden)
        delete_on_commit(pdf.file for pdf in removed)
        SummaryPdf.objects.filter(pk__in=[pdf.pk for pdf in removed]).delete()
    return len(removed)
