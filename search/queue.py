"""The queue between a change and the index: what is in it is late, and nothing is lost from it."""

from django.utils import timezone

from .models import IndexJob
from .tasks import drain


def enqueue(unified_index, instance):
    """Write an index job for each record that `instance` touches, and ask the worker to see to them."""
    if records := touched(unified_index, instance):
        write(records)
        drain.enqueue()


def note_move(unified_index, instance):
    """Before `instance` is saved, write jobs for what only its stored row touches: what it is about to leave."""
    records = touched(unified_index, instance)
    stored = records and type(instance)._base_manager.filter(pk=instance.pk).first()
    if stored:
        write(touched(unified_index, stored) - records)


def touched(unified_index, instance):
    """The records whose place in the index depends on `instance`: (label, id)."""
    return {
        (model._meta.label_lower, pk)
        for model, index in unified_index.get_indexes().items()
        for pk in index.affected_by(instance)
    }


def write(records):
    IndexJob.objects.bulk_create(IndexJob(label=label, object_id=pk) for label, pk in sorted(records))


def age():
    """How long the oldest job has waited, in seconds; 0 when the index is up to date."""
    oldest = IndexJob.objects.order_by("queued_at").values_list("queued_at", flat=True).first()
    return (timezone.now() - oldest).total_seconds() if oldest else 0
