"""Receivers of the signals of background work."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from background.models import QueuedTask
from background.signals import task_set_aside
from publishing.models import Transition, Verb
from publishing.signals import logged

from .models import Summary
from .tasks import draw_summary, give_up_reading, read_summary


def give_up(task: QueuedTask, **kwargs: Any) -> None:
    """Record the fault of a summary's file whose task was set aside."""
    if task.task_path == read_summary.module_path:
        give_up_reading(*task.args_kwargs["args"])


def draw_published(entries: Iterable[Transition], **kwargs: Any) -> None:
    """Queue the drawing of each summary that was published."""
    if not settings.SUMMARY_PDFS:
        return
    for entry in entries:
        if entry.verb == Verb.PUBLISH and isinstance(entry.record, Summary):
            draw_summary.enqueue(entry.record.pk)


task_set_aside.connect(give_up)
logged.connect(draw_published)
