"""Operations on batches by staff and cron: correct, import, remove rows, delete, resume."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User

from ..batches.list_rows import add_rows, apply_columns, guess_below, set_columns_of
from ..batches.row_files import rematch_files
from ..batches.row_progress import delete_files, touch
from ..models import Batch, BatchList, BatchRow
from ..tasks import import_batch

STALLED = timedelta(minutes=5)  # without progress; one row takes seconds


def _check_permission(user: User, action: str) -> None:
    """Raise PermissionDenied unless `user` may do `action` to batches."""
    if not user.has_perm(f"intake.{action}_batch"):
        raise PermissionDenied


@transaction.atomic
def correct(
    batch: Batch,
    cells: Mapping[int, Mapping[str, str]],
    *,
    by: User,
    defaults: dict[str, str] | None = None,
    again: Mapping[int, str] | None = None,
) -> None:
    """Save corrections to open rows, given as {row id: {column: text}}, and new defaults for the batch.

    `again` has what to do with rows that exist already, by their id.

    Raise PermissionDenied if `by` may not change batches.
    """
    _check_permission(by, "change")
    if defaults is not None:
        batch.defaults = defaults
        batch.save(update_fields=["defaults"])
    for pk, choice in (again or {}).items():
        batch.rows.filter(pk=pk, state=BatchRow.State.OPEN).update(again=BatchRow.Again(choice), error="")
    rows = batch.rows.select_for_update(of=("self",)).filter(pk__in=cells, state=BatchRow.State.OPEN)
    renamed = []
    for row in rows:
        values = {**row.values, **cells[row.pk]}
        values = {name: text for name, text in values.items() if text}
        if values != row.values:
            renamed += [row.pk] if values.get("file") != row.values.get("file") else []
            row.values, row.error = values, ""
            row.save(update_fields=["values", "error"])
    if renamed:
        rematch_files(batch, renamed)


@transaction.atomic
def move_header(batch: Batch, header: int, *, by: User, sheet: int | None = None) -> None:
    """Take another row of the list as its headings (0 for none), and guess its columns again.

    If `sheet` is another sheet than the present one, take that, and guess where its headings are.
    """
    _check_permission(by, "change")
    found = BatchList.objects.select_for_update().get(batch=batch)
    if sheet is not None and found.sheets[sheet]["table"] != found.table:
        found.table = found.sheets[sheet]["table"]
        set_columns_of(batch, found)
        found.save()
        return
    found.header = min(max(header, 0), len(found.table))
    found.columns = guess_below(batch, found, found.header)
    found.save()


@transaction.atomic
def set_columns(batch: Batch, columns: Sequence[str], *, by: User) -> None:
    """Set what the columns of the list are, and make its rows; those of the table that are not done are replaced.

    Raise ValidationError if a column is missing or appears twice, or while the batch is being imported.
    """
    _check_permission(by, "change")
    if batch.rows.waiting().exists():
        raise ValidationError(_("This batch is being imported: wait until it is done."))
    found = BatchList.objects.select_for_update().get(batch=batch)
    found.columns = list(columns)
    apply_columns(batch, found)


@transaction.atomic
def leave_list_out(batch: Batch, *, by: User) -> None:
    """Delete the list of a batch before it has become rows. Its files get rows of their own."""
    _check_permission(by, "change")
    BatchList.objects.filter(batch=batch, is_applied=False).delete()
    batch.remarks = []
    add_rows(batch, None)


@transaction.atomic
def confirm(batch: Batch, rows: Iterable[int], *, by: User) -> int:
    """Start the import of those rows (ids) that are still open; return their number."""
    _check_permission(by, "change")
    asked = batch.rows.filter(pk__in=rows, state=BatchRow.State.OPEN).update(state=BatchRow.State.WAITING, error="")
    if asked:
        Batch.objects.filter(pk=batch.pk).update(asked_by=by)
        touch(batch.pk)
        import_batch.enqueue(batch.pk, by.pk)
    return asked


@transaction.atomic
def remove_row(batch: Batch, row: int, *, by: User) -> bool:
    """Remove an open row (id) and its file from a batch; return whether there was one."""
    _check_permission(by, "change")
    found = batch.rows.select_for_update(of=("self",)).filter(pk=row, state=BatchRow.State.OPEN).first()
    if found is None:
        return False
    file = found.file
    found.delete()
    if file:
        delete_files([file])
    if not batch.rows.not_done().exists():
        BatchList.objects.filter(batch=batch).delete()
    return True


@transaction.atomic
def delete_batch(batch: Batch, *, by: User | None) -> None:
    """Delete a batch and its files; `by` is None when it has expired. Records that were imported from it remain.

    Raise PermissionDenied if `by` may not delete batches.
    """
    if by is not None:
        _check_permission(by, "delete")
    delete_files(batch.files.all())
    batch.delete()


def resume_stalled(now: datetime | None = None) -> int:
    """Restart the import of batches whose worker died; return their number."""
    stalled = Batch.objects.stalled((now or timezone.now()) - STALLED).exclude(asked_by=None)
    for batch in stalled:
        with transaction.atomic():
            touch(batch.pk)
            import_batch.enqueue(batch.pk, batch.asked_by_id)  # type: ignore[arg-type]  # excluded above
    return len(stalled)


def delete_expired(now: datetime | None = None) -> int:
    """Delete batches that have expired; return their number."""
    expired = list(Batch.objects.expired(now or timezone.now()))
    for batch in expired:
        delete_batch(batch, by=None)
    return len(expired)
