"""The processes that run tasks, and the tasks as rows: how one ends, is run again or is set aside."""

from __future__ import annotations

import errno
import logging
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import InterfaceError, OperationalError, models, transaction
from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet, get_date_max
from django_tasks_db.utils import retry

from .signals import task_set_aside

MAX_TRIES = 3
# How long a task waits after an error. One whose process died is run again at once.
RETRY_DELAYS = [timedelta(minutes=1), timedelta(minutes=5)]
# How long it waits while the machine or a server is at fault: it is tried until it succeeds.
FAULT_DELAY = timedelta(minutes=1)
# Faults of the machine, not of the task: no room on the disk, no memory, too many open files.
MACHINE_FAULTS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.ENOMEM, errno.EMFILE, errno.ENFILE}

logger = logging.getLogger(__name__)


class WorkerDiedError(Exception):
    """The process that ran a task was killed each time."""


class WorkerProcess(models.Model):
    """A process that runs tasks, while it lives.

    `beats` counts up as long as it does. Others compare it with their own count, never with a clock, because clocks are
    set. `seen_at` is for people.
    """

    id = models.CharField(primary_key=True, max_length=64)
    lanes = models.CharField(max_length=200)
    beats = models.PositiveBigIntegerField(default=0)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.lanes} {self.id}"


class QueuedTaskQuerySet(DBTaskResultQuerySet):
    """Tasks as rows."""

    def set_aside(self) -> Self:
        """Return the tasks that are not tried any more, the latest first."""
        return self.filter(status=TaskResultStatus.FAILED).order_by("-finished_at")

    def by_lane(self) -> dict[str, dict[str, Any]]:
        """Return the counts of each lane that has tasks, and the time since which its oldest due task has waited."""
        at_once, is_ready = Q(run_after=get_date_max()), Q(status=TaskResultStatus.READY)
        planned = Q(run_after__lte=timezone.now())
        rows: Any = self.exclude(status=TaskResultStatus.SUCCESSFUL).order_by().values("queue_name").annotate(
            waiting=Count("pk", filter=is_ready & (at_once | planned)),
            running=Count("pk", filter=Q(status=TaskResultStatus.RUNNING)),
            set_aside=Count("pk", filter=Q(status=TaskResultStatus.FAILED)),
            oldest=Min("enqueued_at", filter=is_ready & at_once),
            oldest_planned=Min("run_after", filter=is_ready & planned),
        )  # fmt: skip
        found = {}
        for row in rows:
            since = min(filter(None, [row["oldest"], row.pop("oldest_planned")]), default=None)
            found[row.pop("queue_name")] = row | {"oldest": since}
        return found


class QueuedTask(DBTaskResult):
    """A task whose row says which process has it: the last of `worker_ids`, which also count how often it was tried."""

    objects: ClassVar[Any] = QueuedTaskQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = _("background task")
        verbose_name_plural = _("background tasks")
        default_permissions = ("change",)

    @property
    def worker(self) -> str:
        """The process that has it, or had it last; empty if none had it."""
        return self.worker_ids[-1] if self.worker_ids else ""

    @retry()
    def set_successful(self, return_value: Any) -> None:
        """Record success, even if the task was given to another process meanwhile: what is done is done."""
        with transaction.atomic():
            if self._locked() is not None:
                super().set_successful(return_value)

    @retry()
    def set_failed(self, exc: BaseException) -> None:
        """Schedule another try, or set the task aside after the last one. If another process has it, change nothing."""
        with transaction.atomic():
            current = self._locked()
            if current is None or current.status != TaskResultStatus.RUNNING or current.worker != self.worker:
                return
            if not isinstance(exc, Exception):  # the process was told to stop
                self.give_back(is_counted=False)
            elif is_fault_of_the_machine(exc):
                logger.warning("%s waits: %s", self.task_path, exc)
                self.give_back(is_counted=False, delay=FAULT_DELAY)
            elif len(self.worker_ids) < MAX_TRIES:
                logger.warning("%s failed and is run again.", self.task_path, exc_info=exc)
                self.give_back(is_counted=True, delay=RETRY_DELAYS[len(self.worker_ids) - 1])
            else:
                super().set_failed(exc)
                task_set_aside.send(sender=QueuedTask, task=self)

    def set_died(self, *, is_counted: bool) -> None:
        """Schedule another try after the process died; set the task aside if this try `is_counted` and was the last."""
        if is_counted and len(self.worker_ids) >= MAX_TRIES:
            logger.error("%s was set aside: the process that ran it died each time.", self.task_path)
            super().set_failed(WorkerDiedError(f"The process died {len(self.worker_ids)} times."))
            task_set_aside.send(sender=QueuedTask, task=self)
        else:
            self.give_back(is_counted=is_counted)

    def give_back(self, *, is_counted: bool, delay: timedelta | None = None) -> None:
        """Make the task ready to be taken again, after `delay`. A try that is not counted leaves no trace."""
        self.status = TaskResultStatus.READY
        self.worker_ids = self.worker_ids if is_counted else self.worker_ids[:-1]
        self.run_after = timezone.now() + delay if delay else get_date_max()
        self.save(update_fields=["status", "worker_ids", "run_after"])

    def _locked(self) -> QueuedTask | None:
        rows: Any = QueuedTask.objects.select_for_update()
        found: QueuedTask | None = rows.filter(pk=self.pk).first()
        return found


def is_fault_of_the_machine(error: BaseException) -> bool:
    """Return whether a disk, a database or a server failed, so that the same will succeed later."""
    if isinstance(error, OperationalError | InterfaceError | ConnectionError):
        return True
    return isinstance(error, OSError) and error.errno in MACHINE_FAULTS
