"""Set a task aside, as after the third process that it killed."""

from types import SimpleNamespace

from background.models import QueuedTask
from background.signals import task_set_aside


def set_aside(task, *args):
    """Tell the apps that a task with these arguments is not tried any more."""
    row = SimpleNamespace(task_path=task.module_path, args_kwargs={"args": list(args), "kwargs": {}})
    task_set_aside.send(sender=QueuedTask, task=row)
