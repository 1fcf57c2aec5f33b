from itertools import groupby

from django_tasks import task
from haystack import connections

from .models import IndexJob
from .seam import BusyError, NoIndexError

BATCH = 500


@task()
def drain():
    """Bring the index up to date with every record that has a job, one commit a batch, then delete those jobs.

    A job goes only after the commit that made it true; should the worker die in between, it is done again. Where
    another process writes the index, the jobs stay: whoever rebuilds calls this at the end.
    """
    try:
        while jobs := list(IndexJob.objects.order_by("label", "pk")[:BATCH]):
            connections["default"].get_backend().apply(changes(jobs), wait=False)
            IndexJob.objects.filter(pk__in=[job.pk for job in jobs]).delete()
    except NoIndexError:
        rebuild()
    except BusyError:
        return


def changes(jobs):
    """For each model among the jobs: its index, the records that are public now, and the ids of those that are not."""
    by_label = {model._meta.label_lower: index for model, index in registered().items()}
    known = (job for job in jobs if job.label in by_label)  # a room may have left since
    for label, group in groupby(known, key=lambda job: job.label):
        index = by_label[label]
        ids = {job.object_id for job in group}
        records = list(index.index_queryset().filter(pk__in=ids))
        yield index, records, ids - {record.pk for record in records}


def rebuild(tell=lambda done: None):
    """Make the index anew from the database beside the one in use, put it in its place, and take in what changed.

    `tell(done)` hears how many records were read so far. Raises BusyError where another process writes the index.
    """
    connections["default"].get_backend().rebuild(everything(tell))
    drain.call()


def everything(tell):
    """(index, a batch of its public records) after another, until all of them were there."""
    done = 0
    for index in registered().values():
        last = 0
        while records := list(index.index_queryset().filter(pk__gt=last).order_by("pk")[:BATCH]):
            yield index, records
            last, done = records[-1].pk, done + len(records)
            tell(done)


@task()
def remake():
    """Make the index anew, so that nothing stays in its files of what its records have lost for good."""
    try:
        rebuild()
    except BusyError:
        return


@task()
def mend():
    """Rebuild an index that could not be read, unless it was mended since."""
    try:
        # Read from the disk: what this process holds may have been damaged since.
        connections["default"].get_backend().renew(trust_nothing=True)
    except NoIndexError:
        try:
            rebuild()
        except BusyError:
            return


def registered():
    """The indexes of all rooms, by model."""
    return connections["default"].get_unified_index().get_indexes()
