"""Moves of published records. Each move checks permission and state, saves and logs in one transaction.

What becomes public gets its number (see `publishing.models.Numbered`).
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import cache
from typing import Any, TypeVar, cast

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from .. import log_chain
from ..models import LogHead, NumberCounter, Numbered, Publishable, Transition, Verb
from ..prepared import Prepared, prepared
from ..signals import logged

Part = Transition.Part

TIME_TO_UNDO = timedelta(minutes=2)  # staff can undo a publication for a minute; emails about it wait for longer
M = TypeVar("M", bound=Model)


def log(
    record: Model,
    verb: Verb | str,
    *,
    by: Any,
    note: str = "",
    part: Part | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Transition:
    """Log one move of `record` and return the entry, whose `digest` proves it later; see `log_each`."""
    return log_each([record], verb, by=by, note=note, part=part, facts=facts)[0]


@transaction.atomic
def log_each(
    records: Iterable[Model],
    verb: Verb | str,
    *,
    by: Any,
    note: str = "",
    part: Part | None = None,
    facts: Mapping[str, Any] | None = None,
) -> list[Transition]:
    """Log the same move of several records, and return the entries.

    `by` is None for a command or a task. If `part` is not staff, the entry names no account, so that the log does not
    keep one for ever. `facts` are plain JSON without fractions. Raises ValueError for an unknown verb or other facts.
    """
    part = Part(part or (Part.SYSTEM if by is None else Part.STAFF))
    fields = {
        "verb": Verb(verb), "note": note, "part": part, "actor": by if part == Part.STAFF else None,
        "facts": log_chain.plain_json(facts or {}), "at": timezone.now(),
    }  # fmt: skip
    # Other writers wait here until this transaction ends; on SQLite no other write transaction has begun.
    head, _new = LogHead.objects.select_for_update().get_or_create(pk=1)
    entries = [Transition(record=record, **fields) for record in records]
    for entry in entries:
        head.add(entry)
    Transition.objects.bulk_create(entries)
    head.save()
    logged.send(sender=Transition, entries=entries)
    return entries


def locked(record: M) -> M:
    """Return the current row of `record`, locked until the transaction ends."""
    return type(record)._base_manager.select_for_update().get(pk=record.pk)


def save_with_history(record: Model, *, by: Any, reason: str | None = None) -> None:
    """Validate and save a record with `by` in its history, as in a task, where no request says whose change it is."""
    record._history_user, record._change_reason = by, reason  # type: ignore[attr-defined]  # django-simple-history
    record.full_clean()
    record.save()


def require_permission(user: Any, action: str, record: Model) -> None:
    """Raise PermissionDenied unless `user` may do `action` to `record`. None is a command, which always may."""
    permission = f"{record._meta.app_label}.{action}_{record._meta.model_name}"
    if user is not None and not user.has_perm(permission):
        raise PermissionDenied


@transaction.atomic
def publish(record: Publishable, *, by: Any) -> None:
    """Open the gate of `record`. What becomes public with it gets its number.

    Raises PermissionDenied for users who may not, and ValidationError while the record is not ready.
    """
    require_permission(by, "publish", record)
    current = locked(record)
    if not current.is_published:
        current.check_ready()
        current.published_at = timezone.now()
        _save_gate(current)
        log(current, Verb.PUBLISH, by=by)
        number_public_records()
    record.published_at = current.published_at
    if isinstance(record, Numbered):
        record.refresh_from_db(fields=["number"])


@transaction.atomic
def unpublish(record: Publishable, *, by: Any) -> None:
    """Close the gate of `record`. Its children are hidden with it, and come back with it."""
    require_permission(by, "publish", record)
    current = locked(record)
    if current.is_published:
        current.published_at = None
        _save_gate(current)
        log(current, Verb.UNPUBLISH, by=by)
    record.published_at = None


def _save_gate(record: Publishable) -> None:
    """Save the gate without a history row; the log says who moved it."""
    record.skip_history_when_saving = True
    record.save(update_fields=["published_at"])


@transaction.atomic
def number_public_records() -> None:
    """Give the next number of its kind to each record that is public and has none.

    Call it in the transaction that makes records public, after the move is logged. Moves wait for each other at the
    head of the log, so that of two simultaneous ones, such as of a dialogue and of its quote, the later sees both.
    """
    for model in apps.get_models():
        if issubclass(model, Numbered):
            _number(model)


@cache
def _waiting(model: type[Numbered]) -> Prepared[int]:
    """Return the query for the keys of public records without a number, as it runs for each kind at each move."""
    records = cast("Any", model).objects.published
    return prepared(lambda: records().filter(number=None).order_by("published_at", "pk").values_list("pk", flat=True))


def _number(model: type[Numbered]) -> None:
    if not _waiting(model)():
        return
    NumberCounter.objects.get_or_create(kind=model._meta.label_lower)
    counter = NumberCounter.objects.select_for_update().get(kind=model._meta.label_lower)
    for pk in _waiting(model)():  # read again, now that no other process gives numbers
        counter.last += 1
        cast("Any", model).objects.filter(pk=pk).update(number=counter.last)
    counter.save()
