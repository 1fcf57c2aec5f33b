"""Background tasks that write the index: update it with what changed, rebuild it, repair it."""

import gc
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import groupby

from django.core.cache import cache
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task
from haystack import connections

from background.lanes import INDEX
from publishing.page_sources import note_change

from . import more_like
from .engine_api import EngineAwayError, IndexLockedError, IndexUnavailableError, SearchEngine
from .indexes import RecordIndex, registered_indexes
from .kept_texts import delete_other_texts, keep_texts
from .models import IndexJob, SimilarRecords

BATCH_SIZE = 500  # records
AT_ONCE = 20  # records whose texts are kept, then indexed; few enough that they are converted once
LISTS_AT_ONCE = 1  # of similar records in one task, for which a publication may have to wait
OBJECTS_PER_COLLECTION = 50_000  # during a rebuild; a batch of records creates many more
REPAIR_KEY = "search-index-repair"  # in the cache, while a repair is asked for
RETRY_INTERVAL = timedelta(minutes=1)  # between two tries while the engine is away

logger = logging.getLogger(__name__)


@task(queue_name=INDEX)
def update_index() -> None:
    """Update the index for all records that have a job, with one commit for each batch, and delete those jobs.

    A job is deleted after the commit; if the worker dies between the two, the record is written again. If another
    process is writing, or the engine is away, the jobs stay for the next try. A rebuild runs this task at its end.
    """
    is_due = False
    try:
        while jobs := _next_jobs():
            _engine().apply(_read_changes(jobs), wait=False)
            is_due = more_like.note_changes(jobs) or is_due
            with transaction.atomic():
                IndexJob.objects.filter(pk__in=[job.pk for job in jobs]).delete()
                note_change()
    except IndexUnavailableError:
        rebuild_index.call()
    except IndexLockedError:
        _try_again(update_index)  # whichever process is writing may die
    except EngineAwayError:
        logger.warning("The search engine is away. Changes wait for it.")
        _try_again(update_index)
    if is_due:
        renew_similar_records.enqueue()


@task(queue_name=INDEX, priority=-10)
def renew_similar_records() -> None:
    """Renew lists of similar records until none is due, one in each task. What fails is left to the chore."""
    try:
        more_like.renew(LISTS_AT_ONCE)
        if SimilarRecords.objects.filter(renewed_at=None).exists():
            renew_similar_records.enqueue()
    except (EngineAwayError, IndexUnavailableError):
        return


def _next_jobs() -> list[IndexJob]:
    """Return the next batch: as long as urgent jobs wait, the oldest of those."""
    urgent = IndexJob.objects.urgent().order_by("pk")[:BATCH_SIZE]
    return list(urgent) or list(IndexJob.objects.order_by("pk")[:BATCH_SIZE])


def _try_again(again: Task[[], None]) -> None:
    """Enqueue a task for later. However often it fails meanwhile, few tries are enqueued."""
    if cache.add(f"search-away-{again.name}", True, RETRY_INTERVAL.total_seconds() / 2):
        again.using(run_after=timezone.now() + RETRY_INTERVAL).enqueue()


def _read_changes(jobs: Iterable[IndexJob]) -> Iterator[tuple[RecordIndex, list[Model], set[int]]]:
    """Yield, for each model that has jobs, its index, the public records to write and the ids of those to delete."""
    by_label = {model._meta.label_lower: index for model, index in registered_indexes().items()}
    known = sorted((job for job in jobs if job.label in by_label), key=_label)  # an app may have been removed since
    for label, group in groupby(known, key=_label):
        index = by_label[label]
        ids = {job.object_id for job in group}
        records = list(index.index_queryset().filter(pk__in=ids))
        hidden = ids - {record.pk for record in records}
        keep_texts(index, (), hidden)
        yield index, [], hidden
        yield from ((index, part, set()) for part in _kept_in_parts(index, records))


def _kept_in_parts(index: RecordIndex, records: list[Model]) -> Iterator[list[Model]]:
    """Yield records in small parts, after their texts were kept."""
    for start in range(0, len(records), AT_ONCE):
        part = records[start : start + AT_ONCE]
        keep_texts(index, part)
        yield part


def _label(job: IndexJob) -> str:
    return job.label


def rebuild(report: Callable[[int], None] = lambda done: None) -> None:
    """Build a new index from the database, put it in place of the old one, and add what changed in the meantime.

    `report` is called after each batch with the number of records read so far. Raise IndexLockedError if another
    process is writing the index.
    """
    with _few_collections():
        _engine().rebuild(public_records(report))
    note_change()
    if more_like.note_all():
        renew_similar_records.enqueue()
    update_index.call()


@contextmanager
def _few_collections() -> Iterator[None]:
    """Let the garbage collector run seldom, and only over new objects. Otherwise it takes a fifth of a rebuild."""
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(OBJECTS_PER_COLLECTION, *thresholds[1:])
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()


def public_records(report: Callable[[int], None] = lambda done: None) -> Iterator[tuple[RecordIndex, list[Model]]]:
    """Yield (index, batch of records) until all public records were read."""
    done = 0
    for index in registered_indexes().values():
        pks: list[int] = [0]
        while records := list(index.index_queryset().filter(pk__gt=pks[-1]).order_by("pk")[:BATCH_SIZE]):
            yield from ((index, part) for part in _kept_in_parts(index, records))
            pks += [record.pk for record in records]
            done += len(records)
            report(done)
        delete_other_texts(index, pks)


@task(queue_name=INDEX)
def rebuild_index() -> None:
    """Rebuild the index, so that its files contain nothing of texts that were permanently deleted."""
    try:
        rebuild()
    except IndexLockedError:
        _try_again(rebuild_index)  # another process may only be adding a segment beside the old ones
    except EngineAwayError:
        logger.warning("The search engine is away. The index is rebuilt when it returns.")
        _try_again(rebuild_index)


@task(queue_name=INDEX)
def repair_index() -> None:
    """Rebuild an index that could not be read, unless it was rebuilt since, or the engine is away."""
    try:
        _engine().verify()
    except IndexUnavailableError:
        rebuild_index.call()
    except EngineAwayError:
        return
    finally:
        cache.delete(REPAIR_KEY)  # the index may be lost again the next moment


def _engine() -> SearchEngine:
    engine: SearchEngine = connections["default"].get_backend()
    return engine
