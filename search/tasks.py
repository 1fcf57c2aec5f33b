from itertools import groupby

from django_tasks import task
from haystack import connections

from .models import IndexJob

BATCH = 500


@task()
def drain():
    """Bring the index up to date with every record that has a job, one commit a batch, then delete those jobs.

    A job goes only after the commit that made it true; should the worker die in between, it is done again.
    """
    while jobs := list(IndexJob.objects.order_by("label", "pk")[:BATCH]):
        connections["default"].get_backend().apply(changes(jobs))
        IndexJob.objects.filter(pk__in=[job.pk for job in jobs]).delete()


def changes(jobs):
    """For each model among the jobs: its index, the records that are public now, and the ids of those that are not."""
    by_label = {model._meta.label_lower: index for model, index in registered().items()}
    known = (job for job in jobs if job.label in by_label)  # a room may have left since
    for label, group in groupby(known, key=lambda job: job.label):
        index = by_label[label]
        ids = {job.object_id for job in group}
        records = list(index.index_queryset().filter(pk__in=ids))
        yield index, records, ids - {record.pk for record in records}


def registered():
    """The indexes of all rooms, by model."""
    return connections["default"].get_unified_index().get_indexes()
