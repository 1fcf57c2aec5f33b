"""What changes the state of proceedings: each verb checks, saves and logs in one transaction."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from dialogues import chain, followers
from dialogues.models import LogHead, Paragraph, Transition
from dialogues.paragraphs import split

Part = Transition.Part


def log(record, verb, *, by, note="", part=None, facts=None):
    """Write one move of `record` down and return the entry, whose `digest` proves it later; see `log_each`."""
    return log_each([record], verb, by=by, note=note, part=part, facts=facts)[0]


@transaction.atomic
def log_each(records, verb, *, by, note="", part=None, facts=None):
    """Write the same move of several records down, and return the entries.

    `by` is None where a command or a task made it. A move that is the sender's (`part`) names no account, so that the
    log holds none of theirs for ever. `facts` are what the verb knows: plain JSON without fractions, or ValueError.
    """
    part = Part(part or (Part.SYSTEM if by is None else Part.STAFF))
    fields = {
        "verb": verb, "note": note, "part": part, "actor": by if part == Part.STAFF else None,
        "facts": chain.plain(facts or {}), "at": timezone.now(),
    }  # fmt: skip
    # Who else logs waits here until this transaction ends; SQLite let nobody else begin one.
    head, _new = LogHead.objects.select_for_update().get_or_create(pk=1)
    entries = [Transition(record=record, **fields) for record in records]
    for entry in entries:
        head.add(entry)
    Transition.objects.bulk_create(entries)
    head.save()
    return entries


def locked(record):
    """The row of `record` as it stands now, held until the transaction ends."""
    return type(record)._base_manager.select_for_update().get(pk=record.pk)


def demand(user, action, record):
    """Raise PermissionDenied unless `user` may do `action` to `record`; None is a command, which may."""
    meta = record._meta
    if user is not None and not user.has_perm(f"{meta.app_label}.{action}_{meta.model_name}"):
        raise PermissionDenied


@transaction.atomic
def publish(record, *, by):
    """Open the gate of `record`; raises ValidationError if it is not ready.

    Publishing what is published changes and logs nothing.
    """
    demand(by, "publish", record)
    current = locked(record)
    if not current.is_published:
        current.check_ready()
        current.published_at = timezone.now()
        keep_gate(current)
        log(current, "publish", by=by)
    record.published_at = current.published_at


@transaction.atomic
def unpublish(record, *, by):
    """Close the gate of `record`; what follows it is hidden with it and comes back with it."""
    demand(by, "publish", record)
    current = locked(record)
    if current.is_published:
        current.published_at = None
        keep_gate(current)
        log(current, "unpublish", by=by)
    record.published_at = None


def keep_gate(record):
    """Save the gate of a record; the log says who moved it, so that its history need not."""
    record.skip_history_when_saving = True
    record.save(update_fields=["published_at"])


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
    followers.tell(summary)


def place_and_words(paragraph):
    return paragraph.position, paragraph.level, paragraph.number, paragraph.text


@transaction.atomic
def comment(dialogue, *, by, text, paragraph=None):
    """Add what a co-chair or staff says about a dialogue's drafts, on one paragraph or on the whole."""
    if not type(dialogue).objects.open_to_comments_by(by).filter(pk=dialogue.pk).exists():
        raise PermissionDenied
    preview = getattr(by, "preview", None)  # a guest has no account
    who = {"appearance": preview.appearance} if preview else {"author": by}
    return dialogue.comments.create(**who, text=text, paragraph=paragraph)
