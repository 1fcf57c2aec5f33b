"""The heartbeat of a process, and the search for processes that have died, whose tasks are run again.

A process counts as dead if its count stood still while that of the observer went up `MISSED` times. No clock is
compared: one may be set by days, and while the database is locked nobody's count goes up. A process that was only
paused finds its row gone when it resumes; it registers again, and its task ends as `models.QueuedTask` says.
"""

import logging
import os
import signal
from collections.abc import Sequence
from threading import Event, Thread

from django.conf import settings
from django.db import Error as AnyDatabaseError
from django.db import connections

from . import workflow

MISSED = 4  # beats

logger = logging.getLogger(__name__)


class Observer:
    """What one process has seen of the others."""

    def __init__(self) -> None:
        self.beats = 0
        self._seen: dict[str, tuple[int | None, int]] = {}  # their beats, and the observer's own since when

    def look(self, workers: dict[str, int | None]) -> list[str]:
        """Count one beat of the observer, and return the processes that have been silent for too long."""
        self.beats += 1
        for worker, beats in workers.items():
            if worker not in self._seen or self._seen[worker][0] != beats:
                self._seen[worker] = (beats, self.beats)
        self._seen = {worker: self._seen[worker] for worker in workers}
        return [worker for worker, (_, since) in self._seen.items() if self.beats - since >= MISSED]


class Heartbeat:
    """The beats of a process, in a thread. With `parent`, it also ends the process once its parent has died."""

    def __init__(self, worker_id: str, lanes: Sequence[str], parent: int | None = None) -> None:
        self.worker_id, self.lanes, self.parent = worker_id, lanes, parent
        self._observer = Observer()
        self._ended = Event()
        self._thread = Thread(target=self._run, name="heartbeat", daemon=True)

    def start(self) -> None:
        """Register the process, and begin."""
        workflow.register(self.worker_id, self.lanes)
        self._thread.start()

    def stop(self) -> None:
        """End, and release the task that the process still has, if any."""
        self._ended.set()
        self._thread.join()
        workflow.release(self.worker_id, is_counted=False)

    def beat(self) -> None:
        """Report that the process is alive, and release the tasks of those that are not."""
        if not workflow.beat(self.worker_id):
            workflow.register(self.worker_id, self.lanes)
        workers = workflow.known_workers()
        for worker in self._observer.look(workers):
            logger.warning("A process that runs tasks is silent. Its task is run again.")
            workflow.release_silent(worker, workers[worker])
        workflow.mend_delays()

    def _run(self) -> None:
        while not self._ended.wait(settings.WORKER_BEAT_SECONDS):
            if self.parent and os.getppid() != self.parent:
                os.kill(os.getpid(), signal.SIGTERM)
            try:
                self.beat()
            except (
                AnyDatabaseError
            ) as error:  # an InterfaceError is no DatabaseError, and must not end the thread either
                logger.warning("No heartbeat: %s", error)
                connections.close_all()
        connections.close_all()
