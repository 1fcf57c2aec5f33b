"""Deletion that staff can undo for thirty days."""

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, router, transaction
from django.db.models import Model
from django.db.models.deletion import Collector
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import registered_models

from ..models import Deletion, FormerAddress, Preview, Transition, Verb
from ..models.deletion import DAYS_TO_RESTORE
from ..signals import deleted_permanently
from .moves import locked, log, require_permission


@transaction.atomic
def delete(record: Model, *, by: Any) -> Deletion:
    """Delete `record` with everything that belongs to it, keep all of it for thirty days, and return the Deletion.

    Raises PermissionDenied; ValidationError for a published record; ProtectedError, as Django does, if another record
    that must stay refers to it.
    """
    require_permission(by, "delete", record)
    current = locked(record)
    if getattr(current, "is_published", False):
        raise ValidationError(_("Unpublish it first: what is published is not deleted."))
    rows, links = rows_deleted_with(current)
    deletion = Deletion.objects.create(
        content_type=ContentType.objects.get_for_model(current),
        object_id=current.pk,
        name=str(current)[:300],
        rows=json.loads(serializers.serialize("json", rows)),
        links=links,
        by=by,
    )
    log(current, Verb.DELETE, by=by)
    current.delete()
    return deletion


def rows_deleted_with(record: Model) -> tuple[list[Model], list[list[Any]]]:
    """Return all rows that are deleted with `record`, and the fields of other rows that its deletion sets to null.

    Each such field is a list of the model's label, the row's pk, the field's name and its value.
    """
    collector = Collector(using=router.db_for_write(type(record)), origin=record)
    collector.collect([record])
    found: list[Iterable[Any]] = [*collector.data.values(), *cast("list[Any]", collector.fast_deletes)]
    rows = {(type(row), row.pk): row for group in found for row in group}
    links = [
        [row._meta.label, row.pk, field.name, getattr(row, field.attname)]
        for (field, _value), groups in collector.field_updates.items()
        for group in cast("Iterable[Iterable[Any]]", groups)
        for row in group
    ]
    return list(rows.values()), links


@transaction.atomic
def restore(deletion: Deletion, *, by: Any, note: str = "") -> Model:
    """Restore what was deleted, with its old primary keys, and return the record. `note` is the reason, for the log.

    What a merger gave to another record belongs to this one again, unless it was changed since.
    Raises PermissionDenied, or ValidationError if another record took its place or its parent is gone.
    """
    if by is not None and not by.has_perm("publishing.restore_deletion"):
        raise PermissionDenied
    current = locked(deletion)
    try:
        with transaction.atomic():
            _write_back(current)
            connection.check_constraints()  # now, not when the transaction ends
    except IntegrityError as error:
        raise ValidationError(
            _("It cannot be restored: what it belonged to is gone, or its address is taken.")
        ) from error
    record = current.content_type.get_object_for_this_type(pk=current.object_id)
    if slug := getattr(record, "slug", ""):
        FormerAddress.objects.filter(label=record._meta.label_lower, slug=slug).delete()
    log(record, Verb.RESTORE, by=by, note=note)
    _log_undone_merger(record, current, by=by)
    current.delete()
    return record


def merger_of(deletion: Deletion) -> Transition | None:
    """Return the log's entry of the merger that deleted the record, in the history of the one that stays, or None."""
    mergers = Transition.objects.filter(content_type=deletion.content_type, verb=Verb.MERGE, at__gte=deletion.at)
    return mergers.filter(facts__merged=deletion.object_id).order_by("number").first()


def _log_undone_merger(record: Model, deletion: Deletion, *, by: Any) -> None:
    """If a merger deleted `record`, log that it was undone, in the histories of both records."""
    merger = merger_of(deletion)
    if merger is None:
        return
    for one, other in ((record, merger.object_id), (merger.record, record.pk)):
        if one is not None:  # the other may have been deleted since
            log(one, Verb.UNMERGE, by=by, facts={"apart_from": other})


def _write_back(deletion: Deletion) -> None:
    # Fields to be emptied come first: a row to be restored may hold the same unique value, such as an account.
    for link in deletion.links:
        if link[3] in (None, ""):
            _link_again(*link)
    for row in serializers.deserialize("json", json.dumps(deletion.rows)):
        # The rows of many-to-many relations are among these.
        row.save(save_m2m=False, force_insert=True)
    for link in deletion.links:
        if link[3] not in (None, ""):
            _link_again(*link)


def _link_again(label: str, pk: int, name: str, value: Any, changed_to: Any = None) -> None:
    """Give a field of another row the value that it had, if it still has the one that it was changed to.

    The row is saved, so that the index and kept pages follow.
    """
    model = apps.get_model(label)
    field: Any = model._meta.get_field(name)
    if field.many_to_many:
        row = model._base_manager.filter(pk=pk, **({name: changed_to} if changed_to else {})).first()
        if row:
            getattr(row, name).add(value)
            getattr(row, name).remove(changed_to)
        return
    row = model._base_manager.filter(pk=pk, **{name: changed_to}).first()
    if row is None:
        return
    setattr(row, field.attname, value)
    row.save(update_fields=[field.name])


@transaction.atomic
def forget_deletions() -> int:
    """Permanently delete what can no longer be restored; return the number of rows."""
    rows, _by_model = Deletion.objects.expired().delete()
    if rows:
        deleted_permanently.send(Deletion)
    return int(rows)


def forget_history() -> int:
    """Delete the history of records whose deletion can no longer be undone; return the number of rows."""
    forgotten = 0
    for model in registered_models.values():
        rows = model.history.all()
        deleted = rows.filter(history_type="-", history_date__lt=timezone.now() - timedelta(days=DAYS_TO_RESTORE))
        absent = deleted.exclude(id__in=model._base_manager.values("pk")).values("id")
        forgotten += rows.filter(id__in=absent).delete()[0]
    return forgotten


def forget_previews() -> int:
    """Delete previews, and the email addresses in them, thirty days after they expired; return the number of rows."""
    return Preview.objects.filter(expires_at__lt=timezone.now() - timedelta(days=DAYS_TO_RESTORE)).delete()[0]


def forget_notes() -> int:
    """Delete what staff wrote in the log to filers and to each other MESSAGE_DAYS ago; return the number of notes."""
    return Transition.objects.purge_notes(timezone.now() - timedelta(days=settings.MESSAGE_DAYS))
