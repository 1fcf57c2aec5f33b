"""How a summary's text comes to be: read from its file, or carried on from the version before."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from publishing import workflow as publishing

from . import workflow
from .models import Summary, SummaryReading
from .paragraphs import join
from .tasks import read_summary


@transaction.atomic
def ask_for_reading(summary):
    """Ask for the structure of a summary's original file; what was read of another is forgotten."""
    SummaryReading.objects.filter(summary=summary).delete()
    SummaryReading.objects.create(summary_id=summary.pk, document=summary.document)
    read_summary.enqueue(summary.pk, summary.document_id)


@transaction.atomic
def new_version(summary, *, by, changes):
    """Make the next version as a draft with the text of `summary`, and return it.

    Raises ValidationError without a word on what changed, and while the newest version is a draft itself.
    """
    publishing.require_permission(by, "add", summary)
    publishing.locked(summary.dialogue)
    newest = Summary.objects.filter(dialogue=summary.dialogue, language=summary.language).first()
    if not newest.is_published:
        raise ValidationError(
            _("Version %(version)d is not published yet: go on with that one.") % {"version": newest.version}
        )
    made = Summary(
        dialogue=summary.dialogue, language=summary.language, status=summary.status,
        version=newest.version + 1, changes=changes.strip(),
    )  # fmt: skip
    made.full_clean()
    made.save()
    workflow.write_paragraphs(made, join(summary.paragraphs.all()))
    return made
