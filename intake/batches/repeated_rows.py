"""Rows whose record exists already, or was deleted: what staff may choose, and how it is done."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model

from accounts.models import User
from publishing.models import Deletion, Verb
from publishing.workflow import log, restore, save_with_history

from ..models import BatchRow
from .cells import ParsedRow

Again = BatchRow.Again


def note_existing(parsed: ParsedRow, record: Model, changes: Mapping[str, Any]) -> None:
    """Note the record that a row would create a second time. Staff may correct it, if the row says anything else."""
    parsed.existing = record
    if any(getattr(record, name) != value for name, value in changes.items()):
        parsed.choices = [Again.CORRECT]


def note_deleted(parsed: ParsedRow, model: type[Model], is_same: Callable[[Mapping[str, Any]], bool]) -> None:
    """Note the deleted record that a row would create again. `is_same` compares its fields, as they were stored."""
    deletions = Deletion.objects.restorable().filter(
        content_type__app_label=model._meta.app_label, content_type__model=model._meta.model_name
    )
    for deletion in deletions.order_by("-at"):
        stored = (row for row in deletion.rows if row["model"] == model._meta.label_lower)
        if any(row["pk"] == deletion.object_id and is_same(row["fields"]) for row in stored):
            parsed.existing, parsed.choices = deletion, [Again.RESTORE, Again.NEW]
            return


def repeat(parsed: ParsedRow, changes: Mapping[str, Any], by: User) -> Model | None:
    """Correct the existing record of a row or put the deleted one back, if staff chose that; return it, or None.

    Raise PermissionDenied, or ValidationError if the record can't be put back or corrected so.
    """
    record: Any = parsed.existing
    if record is None or parsed.is_left:
        return None
    if parsed.again == Again.RESTORE:
        return restore(record, by=by)
    if parsed.again == Again.CORRECT:
        if not by.has_perm(f"{record._meta.app_label}.change_{record._meta.model_name}"):
            raise PermissionDenied
        for name, value in changes.items():
            setattr(record, name, value)
        save_with_history(record, by=by)
        log(record, Verb.CORRECT, by=by)
        return record  # type: ignore[no-any-return]  # a model
    return None
