"""The marks on rows: whose turn it is, done, or back on the table."""

from django.db import transaction
from django.utils import timezone

from intake.models import Batch, BatchRow


def take(row):
    """The row, locked, if it still waits; None if another was faster."""
    return BatchRow.objects.select_for_update(of=("self",)).waiting().filter(pk=row.pk).first()


def done(row, *, contribution=None, outcome=""):
    """Mark a row that the caller has taken as brought in, and let go of its words and its file."""
    file = row.file
    row.state, row.values, row.file, row.error = BatchRow.State.DONE, {}, None, ""
    row.contribution, row.outcome = contribution, outcome
    row.save()
    if file:
        let_go([file])
    moved(row.batch_id)
    if not BatchRow.objects.undone().filter(batch=row.batch_id).exists():
        Batch.objects.filter(pk=row.batch_id).update(remarks=[])  # they name files, and files name people


def put_back(row, error):
    """Lay a row back on the table, with why it was not brought in."""
    BatchRow.objects.waiting().filter(pk=row.pk).update(state=BatchRow.State.OPEN, error=error)
    moved(row.batch_id)


def moved(batch_id):
    """Note that a batch goes on, so that nobody takes its worker for dead."""
    Batch.objects.filter(pk=batch_id).update(moved_at=timezone.now())


def let_go(files):
    """Delete files of a batch: their rows in the caller's transaction, their bytes when that is certain."""
    for file in files:
        stored = file.file
        file.delete()
        if stored:
            transaction.on_commit(lambda stored=stored: stored.storage.delete(stored.name))
