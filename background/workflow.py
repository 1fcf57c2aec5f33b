"""What happens to the tasks of a process that ended, and to those that were set aside."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import get_date_max

from .models import RETRY_DELAYS, QueuedTask, WorkerProcess

KEEP_FOR = timedelta(days=1)  # rows of tasks that succeeded


def register(worker_id: str, lanes: Iterable[str]) -> None:
    """Record that a process runs tasks."""
    WorkerProcess.objects.create(id=worker_id, lanes=",".join(lanes))


def beat(worker_id: str) -> bool:
    """Record that a process lives, and return whether it still counts as living."""
    found = WorkerProcess.objects.filter(pk=worker_id)
    return found.update(beats=F("beats") + 1, seen_at=timezone.now()) == 1


@transaction.atomic
def release(worker_id: str, *, is_counted: bool) -> int:
    """Have the tasks of a process that has ended run again, and return how many.

    `is_counted` says that it was killed, perhaps by its task, which is set aside after the third time.
    """
    WorkerProcess.objects.filter(pk=worker_id).delete()
    tasks = [task for task in _running() if task.worker == worker_id]
    for task in tasks:
        task.set_died(is_counted=is_counted)
    return len(tasks)


@transaction.atomic
def release_silent(worker_id: str, beats: int | None) -> None:
    """Release the tasks of a process that was silent for too long, unless it has beaten since.

    `beats` is None for a process without a row.
    """
    if WorkerProcess.objects.filter(pk=worker_id).values_list("beats", flat=True).first() == beats:
        release(worker_id, is_counted=True)


def known_workers() -> dict[str, int | None]:
    """Return the beats of each process by its id; None for one that has a task and no row."""
    known: dict[str, int | None] = dict.fromkeys(
        ids[-1] for ids in QueuedTask.objects.running().order_by().values_list("worker_ids", flat=True) if ids
    )
    return known | dict(WorkerProcess.objects.values_list("pk", "beats"))


def mend_delays() -> None:
    """Lift delays of retried tasks that are too long because the clock was ahead when they were set."""
    latest = timezone.now() + max(RETRY_DELAYS)
    late = QueuedTask.objects.filter(status=TaskResultStatus.READY, run_after__gt=latest, run_after__lt=get_date_max())
    late.exclude(started_at=None).update(run_after=get_date_max())


@transaction.atomic
def try_again(task_id: UUID | str) -> bool:
    """Queue a task that was set aside, as if it had never been tried, and return whether there was one."""
    tasks = QueuedTask.objects.set_aside().filter(pk=task_id)
    return tasks.update(
        status=TaskResultStatus.READY, worker_ids=[], run_after=get_date_max(), finished_at=None, traceback=""
    ) == 1  # fmt: skip


def delete_set_aside(task_id: UUID | str) -> bool:
    """Delete a task that was set aside, and return whether there was one."""
    return QueuedTask.objects.set_aside().filter(pk=task_id).delete()[0] == 1


def prune() -> int:
    """Delete the rows of tasks that succeeded long ago, and return how many."""
    return QueuedTask.objects.successful().filter(finished_at__lt=timezone.now() - KEEP_FOR).delete()[0]


def _running() -> Any:
    return QueuedTask.objects.select_for_update().filter(status=TaskResultStatus.RUNNING)
