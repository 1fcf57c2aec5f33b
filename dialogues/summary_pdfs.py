"""Published summaries as tagged PDF files, with their numbers and addresses."""

import json
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import get_template
from django.utils.formats import date_format
from django.utils.translation import override

from publishing.prepared import prepared
from text.localized import interface_language
from text.markup import strip_markdown
from text.site_name import site_name
from text.words import shorten

from .models import Paragraph, Summary, SummaryPdf
from .paragraphs import rank_headings, repeats_title

OPENING = 280  # characters of a recommendation above the text
TEMPLATE = "dialogues/summary_pdf.html"


@cache
def _layout() -> str:
    return sha256((settings.BASE_DIR / "templates" / TEMPLATE).read_bytes()).hexdigest()


def pdf_key(summary: Summary, paragraphs: Iterable[Paragraph]) -> str:
    """Return a digest of all that the PDF file of a summary shows. Its paragraphs come with their recommendations."""
    dialogue = summary.dialogue
    with override(interface_language(summary.language)):
        shown = [
            _layout(), settings.BASE_URL, site_name().text, summary.get_absolute_url(), dialogue.localized.title.text,
            str(dialogue.summary_name), summary.get_status_display(), summary.version, str(summary.published_at),
            str(dialogue.starts_on), str(dialogue.ends_on), dialogue.localized.date_note.text,
            [
                (row.level, row.label, row.text, row.recommendation.kind if row.recommendation else "")
                for row in paragraphs
            ],
        ]  # fmt: skip
    return sha256(json.dumps(shown).encode()).hexdigest()


def current_pdf(summary: Summary, paragraphs: Iterable[Paragraph]) -> SummaryPdf | None:
    """Return the PDF file of a published summary if it shows the summary as it is now, otherwise None."""
    if not summary.is_published:
        return None
    drawn = drawn_pdfs(summary=summary.pk)
    return drawn[0] if drawn and drawn[0].key == pdf_key(summary, paragraphs) else None


@prepared
def drawn_pdfs(summary: Any) -> QuerySet[SummaryPdf]:
    """Return the PDF file of a summary, if there is one."""
    return SummaryPdf.objects.filter(summary=summary)


def pdf_html(summary: Summary, paragraphs: list[Paragraph]) -> str:
    """Return the page that is drawn as PDF, in the language of the summary."""
    dialogue = summary.dialogue
    if paragraphs and repeats_title(paragraphs[0], dialogue.title):
        paragraphs = paragraphs[1:]
    recommended = [row for row in paragraphs if row.recommendation]
    for row in recommended:
        row.opening = shorten(strip_markdown(row.text), OPENING)
    with override(interface_language(summary.language)):
        rank_headings(paragraphs)
        context = {
            "summary": summary,
            "dialogue": dialogue,
            "paragraphs": paragraphs,
            "recommended": recommended,
            "address": f"{settings.BASE_URL}{summary.get_absolute_url()}",
            "day": date_format(dialogue.starts_on, "DATE_FORMAT")
            if dialogue.starts_on
            else dialogue.localized.date_note.text,
            "SITE_NAME": site_name(),
            "LANGUAGE_CODE": summary.language,
        }
        return get_template(TEMPLATE).render(context)
