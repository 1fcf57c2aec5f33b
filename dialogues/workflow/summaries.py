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


@transaction.atomic
def write_paragraphs(summary: Summary, text: str) -> None:
    """Replace the paragraphs of `summary` by those of a Markdown text (see `paragraphs.split`).

    A paragraph that keeps its number keeps its row, so that references to it stay valid. Paragraphs that did not
    change get no new row of history, and if none did, nothing is written. Raises ValueError if a number occurs twice in
    a part.
    """
    blocks = split(text)
    written = [
        (position, block.level, block.part, block.number, block.text) for position, block in enumerate(blocks, start=1)
    ]
    if [_content(paragraph) for paragraph in summary.paragraphs.order_by("position")] != written:
        _replace_paragraphs(summary, blocks)
    paragraphs_written.send(sender=type(summary), summary=summary)


def _replace_paragraphs(summary: Summary, blocks: Sequence[Block]) -> None:
    places = {place_of(block) for block in blocks if block.number is not None}
    numbered = {place_of(paragraph): paragraph for paragraph in summary.paragraphs.exclude(number=None)}
    kept = {place: paragraph for place, paragraph in numbered.items() if place in places}
    summary.paragraphs.exclude(pk__in=[paragraph.pk for paragraph in kept.values()]).delete()
    rows: list[Any] = [kept.get(place_of(block)) or Paragraph(summary=summary) for block in blocks]
    before = {row.pk: _content(row) for row in rows}
    # Positions are unique, so first move the kept rows past all new positions.
    last = max((row.position for row in numbered.values()), default=0)
    summary.paragraphs.update(position=F("position") + len(blocks) + last)
    for position, (row, block) in enumerate(zip(rows, blocks, strict=True), start=1):
        row.position, row.level, row.part, row.number = position, block.level, block.part, block.number
        row.text = block.text
        if _content(row) == before.get(row.pk):
            row.save_without_historical_record()
        else:
            row.save()
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
            _("Version %(version)d is not published yet: go on with that one.") % {"version": newest.version}
        )
    made = Summary(
        dialogue=summary.dialogue, language=summary.language, status=summary.status,
        version=newest.version + 1, changes=changes.strip(),
    )  # fmt: skip
    made.full_clean()
    made.save()
    write_paragraphs(made, join(summary.paragraphs.all()))
    return made
