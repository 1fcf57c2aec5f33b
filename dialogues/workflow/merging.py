"""Merge two records of one person, organization or topic. Whatever refers to one then refers to the other."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from publishing.models import Deletion, FormerAddress, Publishable, Verb, keep_address
from publishing.workflow import delete, locked, log, number_public_records, require_permission, unpublish

from ..models import Appearance

# Rows that cannot exist twice are merged too: the same person in the same role at the same place.
TWINS = {Appearance: ("dialogue", "panel", "role")}


@transaction.atomic
def merge(record: Any, into: Any, *, by: Any) -> Deletion:
    """Merge `record` into another of its kind, which keeps its own texts and gets those that it lacks.

    The merged record is deleted, and its address leads to the other. Return the Deletion: until it expires, `restore`
    takes the two apart again. Raises PermissionDenied, and ValidationError for a record and itself or one of another
    kind.
    """
    if type(record) is not type(into) or record.pk == into.pk:
        raise ValidationError(_("Choose another record of the same kind."))
    require_permission(by, "change", into)
    require_permission(by, "delete", record)
    old, new = locked(record), locked(into)
    changes = Changes([], [])
    if hasattr(old, "slug"):
        keep_address(old, old.slug)
        for address in FormerAddress.objects.filter(label=old._meta.label_lower, object_id=old.pk).exclude(
            slug=old.slug
        ):
            changes.note(address, "object_id", old.pk, new.pk)
        FormerAddress.objects.filter(label=old._meta.label_lower, object_id=old.pk).update(object_id=new.pk)
    for relation in relations_of(old):
        _repoint(relation, old, new, changes)
    if isinstance(old, Publishable) and old.is_published:
        unpublish(old, by=by)
    values = {field.attname: getattr(old, field.attname) for field in _texts(old)}
    deletion = delete(old, by=by)
    for name, value in values.items():  # last, because an account belongs to one speaker
        if value and not getattr(new, name):
            changes.note(new, name, getattr(new, name), value)
            setattr(new, name, value)
    new.save()
    deletion.rows += json.loads(serializers.serialize("json", changes.deleted))
    deletion.links += changes.links
    deletion.save(update_fields=["rows", "links"])
    log(new, Verb.MERGE, by=by, facts={"merged": record.pk})
    number_public_records()
    return deletion


@dataclass
class Changes:
    """What a merger changed in other rows, as a Deletion keeps it, and the rows that it deleted as twins."""

    links: list[list[Any]]
    deleted: list[Model]

    def note(self, row: Model, name: str, value: Any, changed_to: Any) -> None:
        """Note that a field of a row had a value, and what it was changed to."""
        self.links.append([row._meta.label, row.pk, name, value, changed_to])


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


def _repoint(relation: Any, old: Any, new: Any, changes: Changes) -> None:
    field = relation.field
    if relation.many_to_many:
        for row in rows_of(relation, old):
            related = getattr(row, field.name)
            if related.filter(pk=new.pk).exists():
                changes.note(row, field.name, old.pk, None)
            else:
                changes.note(row, field.name, old.pk, new.pk)
                related.add(new)
            related.remove(old)
        return
    if relation.related_model._meta.auto_created:  # the rows of a many-to-many relation, done above
        return
    for row in rows_of(relation, old):
        setattr(row, field.name, new)
        try:
            with transaction.atomic():
                row.save(update_fields=[field.name])
        except IntegrityError:
            _merge_twin(row, new, changes)
            setattr(row, field.name, old)
            changes.deleted.append(row)
        else:
            changes.note(row, field.name, old.pk, new.pk)


def _merge_twin(row: Any, new: Any, changes: Changes) -> None:
    """Let what refers to `row` refer to its twin, the row that says the same of `new`, and delete `row`."""
    fields = TWINS.get(type(row))
    if fields is None:
        raise ValidationError(_("“%(row)s” cannot be merged: correct it first.") % {"row": row})
    same = {name: getattr(row, name) for name in fields}
    twin = type(row)._base_manager.exclude(pk=row.pk).get(speaker=new, **same)
    for relation in relations_of(row):
        _repoint(relation, row, twin, changes)
    pk = row.pk
    row.delete()
    row.pk = pk  # which deletion clears, and restoring needs
