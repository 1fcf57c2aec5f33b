"""Queue an index job for each record that a change to the database affects."""

from typing import Any

from django.db.models import Model, signals
from haystack.signals import BaseSignalProcessor

from .indexes import registered_indexes
from .models import IndexJob
from .tasks import update_index


class QueuedSignalProcessor(BaseSignalProcessor):
    """Haystack's signal processor. It writes index jobs in the transaction of the change, for the worker to run."""

    def setup(self) -> None:
        signals.pre_save.connect(self.handle_pre_save)
        signals.post_save.connect(self.handle_change)
        signals.pre_delete.connect(self.handle_change)
        signals.m2m_changed.connect(self.handle_m2m_changed)

    def teardown(self) -> None:
        signals.pre_save.disconnect(self.handle_pre_save)
        signals.post_save.disconnect(self.handle_change)
        signals.pre_delete.disconnect(self.handle_change)
        signals.m2m_changed.disconnect(self.handle_m2m_changed)

    def handle_pre_save(self, sender: type[Model], instance: Model, raw: bool = False, **kwargs: Any) -> None:
        """Queue records that only the stored row affects, such as the speaker whom an appearance no longer names."""
        if raw or instance._state.adding:
            return
        records = affected_records(instance)
        stored = records and type(instance)._base_manager.filter(pk=instance.pk).first()
        if stored:
            _write_jobs(affected_records(stored) - records)

    def handle_change(self, sender: type[Model], instance: Model, raw: bool = False, **kwargs: Any) -> None:
        """Queue the records that a saved or deleted instance affects. After a fixture (`raw`) the index is rebuilt."""
        if not raw:
            queue_records(instance)

    def handle_m2m_changed(self, instance: Model, action: str, **kwargs: Any) -> None:
        if action.startswith("post_"):
            queue_records(instance)


def queue_records(instance: Model) -> None:
    """Write an index job for each record that `instance` affects, and ask the worker to update the index."""
    if records := affected_records(instance):
        _write_jobs(records)
        update_index.enqueue()


def affected_records(instance: Model) -> set[tuple[str, int]]:
    """Return (model label, primary key) of each record whose document or visibility depends on `instance`."""
    return {
        (model._meta.label_lower, pk)
        for model, index in registered_indexes().items()
        for pk in index.affected_by(instance)
    }


def _write_jobs(records: set[tuple[str, int]]) -> None:
    IndexJob.objects.bulk_create(IndexJob(label=label, object_id=pk) for label, pk in sorted(records))
