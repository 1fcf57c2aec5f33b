"""Receivers of the signals of background work."""

from typing import Any

from django.conf import settings

from background.models import QueuedTask
from background.signals import task_set_aside
from publishing.signals import record_published

from .models import Summary
from .tasks import draw_summary, give_up_reading, read_summary


def give_up(task: QueuedTask, **kwargs: Any) -> None:
    """Record the fault of a summary's file whose task was set aside."""
    if task.task_path == read_summary.module_path:
        give_up_reading(*task.args_kwargs["args"])


def draw(record: Any, **kwargs: Any) -> None:
    """Queue the drawing of a summary that was published."""
    if isinstance(record, Summary) and settings.SUMMARY_PDFS:
        draw_summary.enqueue(record.pk)


task_set_aside.connect(give_up)
record_published.connect(draw)
