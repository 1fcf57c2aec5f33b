"""The queue between a change and the index: what is in it is late, and nothing is lost from it."""

from django.utils import timezone

from .models import IndexJob
from .tasks import drain


def enqueue(unified_index, instance):
    """Write an index job for each record that `instance` touches, and ask the worker to see to them."""
    jobs = [
        IndexJob(label=model._meta.label_lower, object_id=pk)
        for model, index in unified_index.get_indexes().items()
        for pk in index.affected_by(instance)
    ]
    if jobs:
        IndexJob.objects.bulk_create(jobs)
        drain.enqueue()


def age():
    """How long the oldest job has waited, in seconds; 0 when the index is up to date."""
    oldest = IndexJob.objects.order_by("queued_at").values_list("queued_at", flat=True).first()
    return (timezone.now() - oldest).total_seconds() if oldest else 0
