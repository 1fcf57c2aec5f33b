"""Receivers of the signals of background work."""

from typing import Any

from background.models import QueuedTask
from background.signals import task_set_aside

from .tasks import import_batch, skip_row


def skip(task: QueuedTask, **kwargs: Any) -> None:
    """Continue with a batch whose import was set aside, without the row that it died at."""
    if task.task_path == import_batch.module_path:
        skip_row(*task.args_kwargs["args"])


task_set_aside.connect(skip)
