"""The verbs of batches: correct, bring in, throw away, go on, forget. What comes in, `batches.receiving` takes."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from intake.batches.marking import let_go, moved
from intake.batches.receiving import lay_again
from intake.models import Batch, BatchRow
from intake.tasks import bring_in_batch

STALLED = timedelta(minutes=5)  # one row takes seconds


def demand(user, action):
    """Raise PermissionDenied unless `user` may do `action` to batches."""
    if not user.has_perm(f"intake.{action}_batch"):
        raise PermissionDenied


@transaction.atomic
def correct(batch, cells, *, by, defaults=None):
    """Keep what was typed in open rows: a dict of dicts of words by column, by row; and what holds for all others."""
    demand(by, "change")
    if defaults is not None:
        batch.defaults = defaults
        batch.save(update_fields=["defaults"])
    rows = batch.rows.select_for_update(of=("self",)).filter(pk__in=cells, state=BatchRow.State.OPEN)
    renamed = []
    for row in rows:
        values = {**row.values, **cells[row.pk]}
        values = {name: words for name, words in values.items() if words}
        if values != row.values:
            renamed += [row.pk] if values.get("file") != row.values.get("file") else []
            row.values, row.error = values, ""
            row.save(update_fields=["values", "error"])
    if renamed:
        lay_again(batch, renamed)


@transaction.atomic
def confirm(batch, rows, *, by):
    """Ask for these rows to be brought in, those that are open still; return how many that are."""
    demand(by, "change")
    asked = batch.rows.filter(pk__in=rows, state=BatchRow.State.OPEN).update(state=BatchRow.State.WAITING, error="")
    if asked:
        Batch.objects.filter(pk=batch.pk).update(asked_by=by)
        moved(batch.pk)
        bring_in_batch.enqueue(batch.pk, by.pk)
    return asked


@transaction.atomic
def leave_out(batch, row, *, by):
    """Take one open row out of a batch, with its file; whether there was one."""
    demand(by, "change")
    found = batch.rows.select_for_update(of=("self",)).filter(pk=row, state=BatchRow.State.OPEN).first()
    if found is None:
        return False
    file = found.file_id
    found.delete()
    let_go(batch.files.filter(pk=file))
    return True


@transaction.atomic
def throw_away(batch):
    """Delete a batch with its files; what was brought in of it stays where it is."""
    let_go(batch.files.all())
    batch.delete()


def go_on(now=None):
    """Ask again for batches whose worker died; return how many."""
    stalled = Batch.objects.stalled((now or timezone.now()) - STALLED).exclude(asked_by=None)
    for batch in stalled:
        with transaction.atomic():
            moved(batch.pk)
            bring_in_batch.enqueue(batch.pk, batch.asked_by_id)
    return len(stalled)


def forget_batches(now=None):
    """Throw away batches whose time is over; return how many."""
    over = list(Batch.objects.over(now or timezone.now()))
    for batch in over:
        throw_away(batch)
    return len(over)
