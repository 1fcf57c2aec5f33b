"""Write the text of summaries and start new versions of them."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from publishing.workflow import locked, require_permission

from ..models import Paragraph, Summary
from ..paragraph_numbers import place_of
from ..paragraphs import Block, join, split
from ..signals import paragraphs_written
from .recommendations import carry_over_marks, copy_marks, marked_texts, move_marks


@transaction.atomic
def write_paragraphs(summary: Summary, text: str) -> None:
    """Replace the paragraphs of `summary` by those of a Markdown text (see `paragraphs.split`).

    A paragraph that keeps its number keeps its row, so that references to it stay valid; marks as a recommendation
    follow their words. Paragraphs that did not change get no new row of history, and if none did, nothing is written.
    Raises ValueError if a number occurs twice in a part.
    """
    blocks = split(text)
    written = [
        (position, block.level, block.part, block.number, block.text) for position, block in enumerate(blocks, start=1)
    ]
    if [_content(paragraph) for paragraph in summary.paragraphs.order_by("position")] != written:
        _replace_paragraphs(summary, blocks)
    copy_marks(summary)
    paragraphs_written.send(sender=type(summary), summary=summary)


def _replace_paragraphs(summary: Summary, blocks: Sequence[Block]) -> None:
    places = {place_of(block) for block in blocks if block.number is not None}
    old = list(summary.paragraphs.select_related("recommendation"))
    marked = marked_texts(old)
    kept = {place_of(row): row for row in old if row.number is not None and place_of(row) in places}
    rows: list[Any] = [kept.get(place_of(block)) or Paragraph(summary=summary) for block in blocks]
    before = {row.pk: _content(row) for row in rows}
    # Positions are unique, so first move the old rows past all new positions.
    last = max((row.position for row in old), default=0)
    summary.paragraphs.update(position=F("position") + len(blocks) + last)
    for position, (row, block) in enumerate(zip(rows, blocks, strict=True), start=1):
        row.position, row.level, row.part, row.number = position, block.level, block.part, block.number
        row.text = block.text
        if _content(row) == before.get(row.pk):
            row.save_without_historical_record()
        else:
            row.save()
    move_marks(summary, marked, rows)
    summary.paragraphs.exclude(pk__in=[row.pk for row in rows]).delete()
    summary.save()


def _content(paragraph: Paragraph) -> tuple[int | None, int, int, int | None, str]:
    return paragraph.position, paragraph.level, paragraph.part, paragraph.number, paragraph.text


@transaction.atomic
def start_new_version(summary: Summary, *, by: Any, changes: str) -> Summary:
    """Create the next version as a draft with the text of `summary`, and return it.

    `changes` says what will change. Raises ValidationError if it is empty, or while the newest version is itself a
    draft, and PermissionDenied for users who may not add summaries.
    """
    require_permission(by, "add", summary)
    locked(summary.dialogue)
    newest = Summary.objects.filter(dialogue=summary.dialogue, language=summary.language)[0]
    if not newest.is_published:
        raise ValidationError(
            _("Version %(version)d is not published yet: continue with that one.") % {"version": newest.version}
        )
    made = Summary(
        dialogue=summary.dialogue, language=summary.language, status=summary.status,
        version=newest.version + 1, changes=changes.strip(),
    )  # fmt: skip
    made.full_clean()
    made.save()
    write_paragraphs(made, join(summary.paragraphs.all()))
    carry_over_marks(summary, made)
    return made
