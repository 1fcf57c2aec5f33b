"""One process that runs tasks of some lanes, one after another."""

import sys
from collections.abc import Sequence
from types import FrameType
from uuid import uuid4

from django.db import connections
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from .heartbeat import Heartbeat
from .models import QueuedTask
from .origin import on_behalf_of

ALL_LANES = ("*",)
INTERVAL = 0.5  # seconds between two looks for work


class LaneWorker(Worker):
    """The worker of django-tasks-db with a heartbeat. If it dies, its tasks are run again."""

    def __init__(
        self,
        lanes: Sequence[str] = ALL_LANES,
        *,
        worker_id: str = "",
        batch: bool = False,
        interval: float = INTERVAL,
        parent: int | None = None,
    ) -> None:
        super().__init__(
            queue_names=list(lanes), interval=interval, batch=batch, backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False, max_tasks=None, worker_id=worker_id or uuid4().hex, excluded_queue_names=[],
        )  # fmt: skip
        self.parent = parent

    def run(self) -> None:
        """Run tasks until told to stop; in a batch, until none is due."""
        heartbeat = Heartbeat(self.worker_id, self.queue_names, self.parent)
        heartbeat.start()
        try:
            super().run()
        except SystemExit:  # a signal, perhaps while a transaction began
            connections.close_all()
            raise
        finally:
            heartbeat.stop()

    def run_task(self, db_task_result: DBTaskResult) -> None:
        """Run a task that this process has claimed."""
        with on_behalf_of(db_task_result.args_kwargs):
            super().run_task(QueuedTask.objects.get(pk=db_task_result.pk))

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Stop after the current task, or now if there is none. Killing the process instead loses nothing."""
        self.running = False
        if not self.running_task:
            sys.exit(0)
