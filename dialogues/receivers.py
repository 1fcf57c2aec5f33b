"""Receivers of the signals of background work."""

from typing import Any

from background.models import QueuedTask
from background.signals import task_set_aside

from .tasks import give_up_reading, read_summary


def give_up(task: QueuedTask, **kwargs: Any) -> None:
    """Record the fault of a summary's file whose task was set aside."""
    if task.task_path == read_summary.module_path:
        give_up_reading(*task.args_kwargs["args"])


task_set_aside.connect(give_up)
