"""What staff look at while they correct a summary: its original, warnings about its text, and earlier changes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from .models import Paragraph, Summary
from .paragraph_numbers import paragraph_label
from .paragraphs import parse_blocks
from .summary_checks import language_warnings, text_warnings

MAX_CHANGES = 200  # on the history page of a summary


@dataclass(frozen=True)
class ParagraphChange:
    """A change to one paragraph, with its text before and after; one is empty if it was added or removed."""

    at: datetime
    by: AbstractBaseUser | None
    label: str
    old: str
    new: str


def paragraph_changes(summary_id: str) -> list[ParagraphChange]:
    """Return the latest changes to the paragraphs of a summary, newest first. The id comes from the address."""
    if not summary_id.isdecimal() or len(summary_id) > 18:
        return []
    rows = Paragraph.history.filter(summary_id=summary_id).select_related("history_user")
    before: dict[int, str] = {}
    changes = []
    for row in rows.order_by("history_date", "history_id"):
        old, new = before.get(row.id, ""), "" if row.history_type == "-" else row.text
        before[row.id] = new
        if old != new:
            label = paragraph_label(row.number, row.part)
            changes.append(ParagraphChange(row.history_date, row.history_user, label, old, new))
    return changes[::-1][:MAX_CHANGES]


def original_context(summary: Summary) -> dict[str, Any]:
    """Return the template context for the original file beside the form: the pages of a PDF, else the whole text."""
    document, reading = summary.document, getattr(summary, "reading", None)
    if document is None:
        return {"has_original": False}
    return {
        "has_original": True,
        "document": document,
        "reading": reading,
        "pages": document.pages.all() if document.kind == "pdf" else [],
        "blocks": parse_blocks(reading.text) if reading else [],
        "is_other_text": bool(reading and reading.text and summary.paragraphs.exists()),
    }


def summary_warnings(summary: Summary, text: str) -> list[str]:
    """Return warnings about the text in the form, by itself and beside the other languages of the summary."""
    numbers = [block.label for block in parse_blocks(text) if block.number is not None]
    others = Summary.objects.filter(dialogue=summary.dialogue).exclude(language=summary.language).current()
    named = [(other.get_language_display(), _paragraph_numbers(other)) for other in others]
    return [*text_warnings(text), *language_warnings(numbers, [pair for pair in named if pair[1]])]


def _paragraph_numbers(summary: Summary) -> list[str]:
    return [paragraph.label for paragraph in summary.paragraphs.exclude(number=None).defer("text")]
