"""Deleting in a way that can be undone for thirty days, and undoing it."""

import json
from datetime import timedelta

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, router, transaction
from django.db.models.deletion import Collector
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import registered_models

from dialogues.models import Deletion, Preview
from dialogues.models.deletion import DAYS

from .moves import demand, locked, log


@transaction.atomic
def delete(record, *, by):
    """Delete `record` with what hangs on it, keep all of it for thirty days, and return what can be restored.

    Raises ProtectedError, as Django does, where something refers to it that must not go.
    """
    demand(by, "delete", record)
    current = locked(record)
    if getattr(current, "is_published", False):
        raise ValidationError(_("Unpublish it first: what is published is not deleted."))
    rows, links = goes_along(current)
    deletion = Deletion.objects.create(
        content_type=ContentType.objects.get_for_model(current),
        object_id=current.pk,
        name=str(current)[:300],
        rows=json.loads(serializers.serialize("json", rows)),
        links=links,
        by=by,
    )
    log(current, "delete", by=by)
    current.delete()
    return deletion


def goes_along(record):
    """All rows that the deletion of `record` takes along, and the fields of others that it empties.

    Such a field is a list: the model, the number of the row, the field, what stands in it.
    """
    collector = Collector(using=router.db_for_write(type(record)), origin=record)
    collector.collect([record])
    found = [*collector.data.values(), *collector.fast_deletes]
    rows = {(type(row), row.pk): row for group in found for row in group}
    links = [
        [row._meta.label, row.pk, field.name, getattr(row, field.attname)]
        for (field, _value), groups in collector.field_updates.items()
        for group in groups
        for row in group
    ]
    return list(rows.values()), links


@transaction.atomic
def restore(deletion, *, by):
    """Put back what was deleted, as it was and under its own numbers, and return the record.

    Raises ValidationError where something else has taken its place, or what it belonged to is gone.
    """
    if by is not None and not by.has_perm("dialogues.restore_deletion"):
        raise PermissionDenied
    current = locked(deletion)
    try:
        with transaction.atomic():
            write_back(current)
            connection.check_constraints()  # now, not when the transaction ends
    except IntegrityError as error:
        raise ValidationError(
            _("It can't be put back: what it belonged to is gone, or its address is taken.")
        ) from error
    record = current.content_type.get_object_for_this_type(pk=current.object_id)
    log(record, "restore", by=by)
    current.delete()
    return record


def write_back(deletion):
    for row in serializers.deserialize("json", json.dumps(deletion.rows)):
        # Sets of records are rows of their own among these.
        row.save(save_m2m=False, force_insert=True)
    for label, pk, name, value in deletion.links:
        apps.get_model(label)._base_manager.filter(pk=pk, **{name: None}).update(**{name: value})


def forget_deletions():
    """Delete for good what can be restored no more; return how many."""
    return Deletion.objects.outlived().delete()[0]


def forget_history():
    """Delete the history of records that were deleted longer ago than they can be restored; return how many rows."""
    gone = 0
    for model in registered_models.values():
        rows = model.history.all()
        deleted = rows.filter(history_type="-", history_date__lt=timezone.now() - timedelta(days=DAYS))
        absent = deleted.exclude(id__in=model._base_manager.values("pk")).values("id")
        gone += rows.filter(id__in=absent).delete()[0]
    return gone


def forget_previews():
    """Delete the addresses of drafts, and whom they were sent to, some time after they expired; return how many."""
    return Preview.objects.filter(expires_at__lt=timezone.now() - timedelta(days=DAYS)).delete()[0]
