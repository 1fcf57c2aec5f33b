"""Queue index jobs for the records that a change to the database affects, each with what the change did to it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import ManyToManyField, Model, signals
from haystack.signals import BaseSignalProcessor

from publishing.page_sources import changed_fields, is_pointed_at, stored_row

from .indexes import EVERY_SAVE, RecordIndex, Source, registered_indexes
from .models import Effect, IndexJob
from .tasks import update_index

GATE = "published_at"

Job: TypeAlias = tuple[RecordIndex, int, Effect]  # the pk of a record, and what a change did to it


@dataclass
class Change:
    """A change of a row that documents of an index are made of. `before` are the public records that it had then."""

    index: RecordIndex
    effect: Effect  # on the records that it has before and after
    left: Effect  # on those that it has no longer, and that are still public
    before: set[int] | None = None  # None: the same as after


class QueuedSignalProcessor(BaseSignalProcessor):
    """Haystack's signal processor. It writes index jobs in the transaction of the change, for the worker to run.

    After a fixture (`raw`) the index is rebuilt.
    """

    def setup(self) -> None:
        signals.pre_save.connect(self.handle_pre_save)
        signals.post_save.connect(self.handle_saved)
        signals.pre_delete.connect(self.handle_pre_delete)
        signals.post_delete.connect(self.handle_deleted)
        signals.m2m_changed.connect(self.handle_m2m_changed)

    def teardown(self) -> None:
        signals.pre_save.disconnect(self.handle_pre_save)
        signals.post_save.disconnect(self.handle_saved)
        signals.pre_delete.disconnect(self.handle_pre_delete)
        signals.post_delete.disconnect(self.handle_deleted)
        signals.m2m_changed.disconnect(self.handle_m2m_changed)

    def handle_pre_save(self, sender: type[Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
        """Compare an instance with its stored row, and note which records are public before the change."""
        instance._index_changes = [] if raw else list(_changes(instance, kwargs.get("update_fields")))

    def handle_saved(self, sender: type[Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
        _queue_changes(instance)

    def handle_pre_delete(self, sender: type[Model], instance: Any, **kwargs: Any) -> None:
        """Hide the records of a row that is being deleted, and note which records it had."""
        instance._index_changes = []
        for index, source in sources_of(sender):
            if index.model is sender:
                # Asked of the instance, not of the gate: the row may have been changed without a signal.
                if getattr(instance, "was_public", True):
                    _write_jobs([(index, instance.pk, Effect.HIDDEN)])
            else:
                before = index.affected_by([instance.pk], sender)
                instance._index_changes.append(Change(index, source.left, source.left, before))

    def handle_deleted(self, sender: type[Model], instance: Any, **kwargs: Any) -> None:
        _queue_changes(instance)

    def handle_m2m_changed(
        self, sender: type[Model], instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
    ) -> None:
        """Queue the records of the rows that have the relation, whichever end was changed.

        When all are cleared, they are noted beforehand, while they are still known, and queued afterwards.
        """
        match action:
            case "post_add" | "post_remove":
                _write_jobs(_related(sender, instance, reverse, pk_set))
            case "pre_clear":
                noted = instance.__dict__.setdefault("_index_cleared", {})
                noted[sender] = list(_related(sender, instance, reverse, None))
            case "post_clear":
                _write_jobs(instance.__dict__.get("_index_cleared", {}).pop(sender, []))


def queue_bulk(model: type[Model], pks: Iterable[int], *, are_new: bool) -> None:
    """Queue the index jobs for rows that were written in bulk, which sends no signals."""
    for index, source in sources_of(model):
        affected = index.affected_by(pks, model)
        _write_jobs((index, pk, Effect.NEW if are_new else source.changed) for pk in affected)


def sources_of(model: type[Model]) -> Iterator[tuple[RecordIndex, Source]]:
    """Yield each index whose documents are made of rows of a model, with what it declares about them."""
    for index in registered_indexes().values():
        if source := index.sources.get(model):
            yield index, source


def _changes(instance: Any, update_fields: Iterable[str] | None) -> Iterator[Change]:
    """Yield what saving an instance changes for each index that declares its model."""
    model, sources = type(instance), list(sources_of(type(instance)))
    stored = stored_row(instance) if sources else None
    if stored is None:
        if hasattr(instance, GATE) and not getattr(instance, GATE):
            return  # a draft, of which no document has anything
        for index, source in sources:
            if instance.pk or not all(_points_at(index.model, lookup) for lookup in source.lookups):
                yield Change(index, source.changed, source.left, set())
        return
    changed = set(changed_fields(stored, instance, update_fields))
    if hasattr(instance, GATE) and not getattr(stored, GATE) and GATE not in changed:
        return
    for index, source in sources:
        names = changed.intersection(source.fields)
        if index.model is not model and getattr(stored, GATE, None) and getattr(instance, GATE, None):
            names.discard(GATE)  # of a parent, only whether it is open matters
        if names or source.fields == EVERY_SAVE:
            effect = source.left if GATE in names and index.model is not model else source.changed
            moves = any(name == GATE or model._meta.get_field(name).is_relation for name in names)
            yield Change(index, effect, source.left, index.affected_by([instance.pk], model) if moves else None)


def _points_at(model: type[Model], lookup: str) -> bool:
    """Return whether records point to a row by a relation of theirs. None points to a row without a key."""
    return lookup != "pk" and is_pointed_at(model, lookup)


def _queue_changes(instance: Any) -> None:
    """Queue the records that the changes noted on an instance affect, now that they are in the database."""
    for change in instance.__dict__.pop("_index_changes", []):
        _write_jobs(_effects(change, type(instance), instance.pk))


def _effects(change: Change, model: type[Model], pk: int) -> Iterator[Job]:
    """Yield the records that a change affects, each with what the change did to it."""
    after = change.index.affected_by([pk], model)
    before = after if change.before is None else change.before
    public = change.index.still_public(before - after)
    yield from ((change.index, one, change.effect) for one in after & before)
    yield from ((change.index, one, Effect.NEW) for one in after - before)
    yield from ((change.index, one, change.left) for one in public)
    yield from ((change.index, one, Effect.HIDDEN) for one in before - after - public)


def _related(through: type[Model], instance: Model, reverse: bool, pks: set[int] | None) -> Iterator[Job]:
    """Yield the records affected by a change of the relation of an instance to `pks`; None means to all."""
    for model in {model for index in registered_indexes().values() for model in index.sources}:
        for field in model._meta.local_many_to_many:
            if field.remote_field.through is through:
                rows = _rows_with(field, instance, pks) if reverse else [instance.pk]
                yield from (
                    (index, pk, source.changed)
                    for index, source in sources_of(model)
                    if field.name in source.fields
                    for pk in index.affected_by(rows, model)
                )


def _rows_with(field: ManyToManyField[Any, Any], target: Model, pks: set[int] | None) -> set[int]:
    """Return the pks of the rows whose relation to `target` is changed; `pks` is None if all are cleared."""
    if pks is not None:
        return pks
    through: Any = field.remote_field.through
    rows = through._base_manager.filter(**{field.m2m_reverse_field_name(): target.pk})
    return set(rows.values_list(field.m2m_field_name(), flat=True))


def _write_jobs(jobs: Iterable[Job]) -> None:
    """Write index jobs, and ask the worker to update the index if there are any."""
    rows = [IndexJob(label=index.model._meta.label_lower, object_id=pk, effect=effect) for index, pk, effect in jobs]
    if rows:
        IndexJob.objects.bulk_create(rows)
        update_index.enqueue()
