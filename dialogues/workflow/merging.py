"""Merge two records of one person, organization or topic. Whatever refers to one then refers to the other."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from publishing.models import FormerAddress, Publishable, Verb, keep_address
from publishing.workflow import delete, locked, log, number_public_records, require_permission, unpublish

from ..models import Appearance

# Rows that cannot exist twice are merged too: the same person in the same role at the same place.
TWINS = {Appearance: ("dialogue", "panel", "role")}


@transaction.atomic
def merge(record: Any, into: Any, *, by: Any) -> None:
    """Merge `record` into another of its kind, which keeps its own texts and gets those that it lacks.

    The merged record is deleted, and can be restored for thirty days; its address leads to the other. Raises
    PermissionDenied, and ValidationError for a record and itself or one of another kind.
    """
    if type(record) is not type(into) or record.pk == into.pk:
        raise ValidationError(_("Choose another record of the same kind."))
    require_permission(by, "change", into)
    require_permission(by, "delete", record)
    old, new = locked(record), locked(into)
    if hasattr(old, "slug"):
        keep_address(old, old.slug)
        FormerAddress.objects.filter(label=old._meta.label_lower, object_id=old.pk).update(object_id=new.pk)
    for relation in relations_of(old):
        _repoint(relation, old, new)
    if isinstance(old, Publishable) and old.is_published:
        unpublish(old, by=by)
    values = {field.attname: getattr(old, field.attname) for field in _texts(old)}
    delete(old, by=by)
    for name, value in values.items():  # last, because an account belongs to one speaker
        if value and not getattr(new, name):
            setattr(new, name, value)
    new.save()
    log(new, Verb.MERGE, by=by, facts={"merged": record.pk})
    number_public_records()


def relations_of(record: Model) -> Iterator[Any]:
    """Yield the relations by which other rows refer to a record, without those of its history."""
    for relation in record._meta.get_fields(include_hidden=True):
        is_reverse = relation.auto_created and not relation.concrete
        if is_reverse and not hasattr(relation.related_model, "history_type"):
            yield relation


def rows_of(relation: Any, record: Model) -> Any:
    """Return the rows that refer to a record by a relation."""
    manager: Any = relation.related_model._base_manager
    return manager.filter(**{relation.field.name: record.pk}).order_by("pk")


def _texts(record: Model) -> list[Any]:
    own = {"id", "slug", "published_at", "original_language", "translations"}
    return [field for field in record._meta.concrete_fields if field.attname not in own]


def _repoint(relation: Any, old: Any, new: Any) -> None:
    if relation.many_to_many:
        for row in rows_of(relation, old):
            related = getattr(row, relation.field.name)
            related.add(new)
            related.remove(old)
        return
    if relation.related_model._meta.auto_created:  # the rows of a many-to-many relation, done above
        return
    for row in rows_of(relation, old):
        setattr(row, relation.field.name, new)
        try:
            with transaction.atomic():
                row.save(update_fields=[relation.field.name])
        except IntegrityError:
            _merge_twin(row, new)


def _merge_twin(row: Any, new: Any) -> None:
    """Give what refers to `row` to the row that is the same for `new`, and delete `row`."""
    fields = TWINS.get(type(row))
    if fields is None:
        raise ValidationError(_("“%(row)s” can’t be merged: correct it first.") % {"row": row})
    same = {name: getattr(row, name) for name in fields}
    twin = type(row)._base_manager.exclude(pk=row.pk).get(speaker=new, **same)
    for relation in relations_of(row):
        _repoint(relation, row, twin)
    row.delete()
