"""What a move through the gate shows or hides, so that staff know it before they publish or unpublish."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, Q, QuerySet

from .models import Deletion, Publishable
from .models.gate import GatedQuerySet, PublicThroughQuerySet, model_at
from .workflow.deletion import rows_deleted_with

NAMES_SHOWN = 5  # of each kind


@dataclass(frozen=True)
class Effect:
    """Records of one kind that a move shows or hides: how many, and the names of the first."""

    model: type[Model]
    total: int
    names: list[str]

    @property
    def kind(self) -> str:
        """The name of the kind, in the plural unless there is one record."""
        meta = self.model._meta
        return str(meta.verbose_name if self.total == 1 else meta.verbose_name_plural)

    @property
    def remaining(self) -> int:
        """The number of records beyond the names."""
        return self.total - len(self.names)


def closed_parents(record: Publishable) -> list[Publishable]:
    """Return the parents of `record` that are not published, which keep it hidden when it is."""
    parents = []
    for path in filter(None, map(_path, _gates(type(record)))):
        parent: Any = record
        for name in path.split("__"):
            parent = getattr(parent, name)
        parents += [] if parent.is_published else [parent]
    return parents


def shown_by(records: Iterable[Publishable]) -> list[Effect]:
    """Return what becomes public if these records are published together, kind by kind."""
    chosen = list(records)
    found = [_opened(model, chosen) for model in _models(Publishable)]
    for model in _through_models():
        label, relation = model._default_manager.all().through
        opened = _opened(apps.get_model(label), chosen)
        manager: Any = model._default_manager
        found.append(manager.filter(pk__in=opened.values(relation)).exclude(pk__in=manager.published()))
    return _effects(found)


def hidden_by(records: Iterable[Publishable]) -> list[Effect]:
    """Return what is no longer public if these records are unpublished, kind by kind."""
    chosen = list(records)
    return _effects(_below(model, chosen).filter(_manager(model).all().is_open()) for model in _models(Publishable))


def kept_hidden(records: Iterable[Publishable]) -> list[Effect]:
    """Return the drafts that belong to these records and stay hidden when only these are published."""
    chosen = list(records)
    drafts = []
    for model in _models(Publishable):
        own = [record.pk for record in chosen if type(record) is model]
        drafts.append(_below(model, chosen).filter(published_at=None).exclude(pk__in=own))
    return _effects(drafts)


def deleted_with(record: Model) -> list[Effect]:
    """Return what is deleted with `record`, kind by kind, without rows that only link two records."""
    rows, _links = rows_deleted_with(record)
    return _named(row for row in rows if row != record)


def restored_with(deletion: Deletion) -> list[Effect]:
    """Return what is restored with a deleted record, kind by kind, without rows that only link two records."""
    stored = serializers.deserialize("json", json.dumps(deletion.rows), ignorenonexistent=True)
    rows: dict[Any, Any] = {(type(row.object), row.object.pk): row.object for row in stored}
    for row in rows.values():  # a name may come from another row, which is not in the database either
        for field in row._meta.concrete_fields:
            if field.is_relation and (related := rows.get((field.related_model, getattr(row, field.attname)))):
                field.set_cached_value(row, related)
    rows.pop((deletion.content_type.model_class(), deletion.object_id), None)
    return _named(rows.values())


def linked_again(deletion: Deletion) -> list[Effect]:
    """Return how many records of each kind belong to a deleted record again when it is restored. None is named."""
    linked: dict[type[Model], set[Any]] = {}
    for label, pk, *_field in deletion.links:
        linked.setdefault(apps.get_model(label), set()).add(pk)
    return [Effect(model, len(pks), []) for model, pks in linked.items()]


def _named(rows: Iterable[Model]) -> list[Effect]:
    """Return rows kind by kind with their names, except those that link two records, or belong to a history."""
    found: dict[type[Model], list[str]] = {}
    for row in rows:
        if not row._meta.auto_created and "historical" not in str(row._meta.model_name):
            found.setdefault(type(row), []).append(_name(row))
    return [Effect(model, len(names), names[:NAMES_SHOWN]) for model, names in found.items()]


def _name(row: Model) -> str:
    """Return the name of a row; only its kind if it needs a record that is gone."""
    try:
        return str(row)
    except ObjectDoesNotExist:
        return str(row._meta.verbose_name)


def _models(parent: type[Any]) -> list[type[Model]]:
    return [
        model
        for model in apps.get_models()
        if issubclass(model, parent) and isinstance(model._default_manager.all(), GatedQuerySet)
    ]


def _through_models() -> list[type[Any]]:
    return [model for model in apps.get_models() if isinstance(model._default_manager.all(), PublicThroughQuerySet)]


def _manager(model: type[Model]) -> Any:
    return model._default_manager


def _gates(model: type[Model]) -> tuple[str, ...]:
    gates: tuple[str, ...] = _manager(model).all().gates
    return gates


def _path(gate: str) -> str:
    """Return the path to the record that a gate belongs to; empty for the record itself."""
    return gate.removesuffix("published_at").removesuffix("__")


def _chosen_at(model: type[Model], gate: str, chosen: Sequence[Publishable]) -> Q:
    """Return a condition: the record that the gate belongs to is one of `chosen`."""
    path = _path(gate)
    pks = [record.pk for record in chosen if type(record) is model_at(model, path)]
    return Q(**{f"{path or 'pk'}__in": pks})


def _opened(model: type[Model], chosen: Sequence[Publishable]) -> QuerySet[Any]:
    """Return the hidden records of a model whose gates are all open once `chosen` are published."""
    condition = Q()
    for gate in _gates(model):
        condition &= Q(**{f"{gate}__isnull": False}) | _chosen_at(model, gate, chosen)
    return _below(model, chosen).filter(condition).exclude(_manager(model).all().is_open())


def _below(model: type[Model], chosen: Sequence[Publishable]) -> QuerySet[Any]:
    """Return the chosen records of a model, and those that belong to a chosen one."""
    condition = Q(pk__in=[])
    for gate in _gates(model):
        condition |= _chosen_at(model, gate, chosen)
    records: QuerySet[Any] = _manager(model).filter(condition)
    return records


def _effects(found: Iterable[QuerySet[Any]]) -> list[Effect]:
    effects = []
    for records in found:
        if total := records.count():
            effects.append(Effect(records.model, total, [str(record) for record in records[:NAMES_SHOWN]]))
    return effects
