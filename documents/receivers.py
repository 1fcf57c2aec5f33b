"""Receivers of the signals of background work."""

from typing import Any

from background.models import QueuedTask
from background.signals import task_set_aside

from .tasks import read_document, render_picture
from .workflow import give_up_reading, give_up_rendering

GIVE_UP = {read_document.module_path: give_up_reading, render_picture.module_path: give_up_rendering}


def give_up(task: QueuedTask, **kwargs: Any) -> None:
    """Record the fault of a file whose task was set aside, so that its sender knows what to do."""
    if task.task_path in GIVE_UP:
        GIVE_UP[task.task_path](*task.args_kwargs["args"])


task_set_aside.connect(give_up)
