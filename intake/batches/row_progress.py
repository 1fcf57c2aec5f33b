"""Record the progress of rows: taken by a worker, done, or returned to staff with an error."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.utils import timezone

from contributions.models import Contribution

from ..models import Batch, BatchFile, BatchList, BatchRow


def lock_if_waiting(row: BatchRow) -> BatchRow | None:
    """Return the row, locked, if it still waits; None if another worker has imported it."""
    return BatchRow.objects.select_for_update(of=("self",)).waiting().filter(pk=row.pk).first()


def mark_done(row: BatchRow, *, contribution: Contribution | None = None, outcome: str = "") -> None:
    """Mark a locked row as imported, and delete its text and its file. `outcome` names the new record."""
    file = row.file
    row.state, row.values, row.file, row.error = BatchRow.State.DONE, {}, None, ""
    row.contribution, row.outcome = contribution, outcome
    row.save()
    if file:
        delete_files([file])
    touch(row.batch_id)
    if not BatchRow.objects.not_done().filter(batch=row.batch_id).exists():
        # The list and the remarks, which contain file names, may contain names of people.
        Batch.objects.filter(pk=row.batch_id).update(remarks=[])
        BatchList.objects.filter(batch=row.batch_id).delete()


def mark_failed(row: BatchRow, error: str) -> None:
    """Return a waiting row to the table, with the reason why it was not imported."""
    BatchRow.objects.waiting().filter(pk=row.pk).update(state=BatchRow.State.OPEN, error=error)
    touch(row.batch_id)


def touch(batch_id: int) -> None:
    """Record that a batch has made progress, so that its worker is not considered dead."""
    Batch.objects.filter(pk=batch_id).update(moved_at=timezone.now())


def delete_files(files: Iterable[BatchFile]) -> None:
    """Delete files of a batch: their rows in the caller's transaction, their content once it is committed."""
    for file in files:
        storage, name = file.file.storage, file.file.name
        file.delete()
        if name:
            transaction.on_commit(partial(storage.delete, name))
