"""The state of each lane: how much waits, for how long, and whether a process does it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from django_tasks_db.backend import DatabaseBackend

from .heartbeat import MISSED
from .lanes import LANES, Lane
from .models import QueuedTask, WorkerProcess
from .worker import ALL_LANES

LENIENCE = 2  # extra beats before a process counts as dead here: no count goes up while the database is locked


@dataclass(frozen=True)
class LaneState:
    """A lane with its numbers. `age` is how many seconds the oldest task that is due has waited; 0 if none waits."""

    lane: Lane
    processes: int
    waiting: int
    age: float
    running: int
    set_aside: int

    @property
    def word(self) -> str:
        """Return “ok”, “late”, or “silent” if no process works."""
        if not self.processes:
            return "silent"
        return "late" if self.age > self.lane.patience else "ok"


def lane_states() -> list[LaneState]:
    """Return the state of each lane; none where tasks are not rows."""
    if not isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], DatabaseBackend):
        return []
    alive, found = _processes_alive(), QueuedTask.objects.by_lane()
    return [_state_of(lane, alive, found.get(lane.name, {})) for lane in LANES]


def _processes_alive() -> list[set[str]]:
    """Return the lanes of each process that was seen lately. A clock that was set is wrong until the next beat."""
    longest = settings.WORKER_BEAT_SECONDS * (MISSED + LENIENCE)
    now = timezone.now()
    processes = WorkerProcess.objects.all()
    return [set(one.lanes.split(",")) for one in processes if abs((now - one.seen_at).total_seconds()) < longest]


def _state_of(lane: Lane, alive: list[set[str]], found: dict[str, Any]) -> LaneState:
    oldest = found.get("oldest")
    return LaneState(
        lane=lane,
        processes=sum(bool(lanes & {lane.name, *ALL_LANES}) for lanes in alive),
        waiting=found.get("waiting", 0),
        age=max(0.0, (timezone.now() - oldest).total_seconds()) if oldest else 0.0,
        running=found.get("running", 0),
        set_aside=found.get("set_aside", 0),
    )
