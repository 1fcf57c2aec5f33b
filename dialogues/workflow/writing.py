"""Write the text of summaries, and comments on it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from ..models import Paragraph
from ..paragraphs import split
from ..signals import paragraphs_written


@transaction.atomic
def write_paragraphs(summary, text):
    """Replace the paragraphs of `summary` by those that `text` (Markdown, see `paragraphs.split`) holds.

    A paragraph that keeps its number keeps its row, and so whatever refers to it.
    """
    kept = {paragraph.number: paragraph for paragraph in summary.paragraphs.exclude(number=None)}
    blocks = split(text)
    numbers = {block.number for block in blocks}
    summary.paragraphs.exclude(pk__in=[p.pk for number, p in kept.items() if number in numbers]).delete()
    rows = [kept.get(block.number) or Paragraph(summary=summary) for block in blocks]
    before = {row.pk: place_and_words(row) for row in rows}
    # Positions are unique: first out of the way, then to their places.
    furthest = max((row.position for row in kept.values()), default=0)
    summary.paragraphs.update(position=F("position") + len(blocks) + furthest)
    for position, (row, block) in enumerate(zip(rows, blocks, strict=True), start=1):
        row.position, row.level, row.number, row.text = position, block.level, block.number, block.text
        is_same = place_and_words(row) == before.get(row.pk)
        row.save_without_historical_record() if is_same else row.save()
    summary.save()
    paragraphs_written.send(sender=type(summary), summary=summary)


def place_and_words(paragraph):
    return paragraph.position, paragraph.level, paragraph.number, paragraph.text


@transaction.atomic
def comment(dialogue, *, by, text, paragraph=None):
    """Add what a co-chair or staff says about a dialogue's drafts, on one paragraph or on the whole."""
    if not type(dialogue).objects.open_to_comments_by(by).filter(pk=dialogue.pk).exists():
        raise PermissionDenied
    preview = getattr(by, "preview", None)  # a guest has no account
    who = {"appearance": preview.recipient} if preview else {"author": by}
    return dialogue.comments.create(**who, text=text, paragraph=paragraph)
