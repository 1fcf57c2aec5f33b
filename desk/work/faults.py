"""The work that the portal itself makes: parts with problems, and tasks that were set aside."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from background.models import QueuedTask

from ..health import PERMISSION, examine
from ..health_words import name_of_part, task_title, word_for
from .lines import Line, WorkList, work_list


def work_lists(user: Any) -> list[WorkList]:
    """Return the parts with problems and the tasks that were set aside, for those who may try them again."""
    if not user.has_perm(PERMISSION):
        return []
    found = [_unwell(), work_list(_("Background work that failed"), QueuedTask.objects.set_aside(), _line, _address())]
    return [work for work in found if work]


def _unwell() -> WorkList | None:
    lines = [Line(name_of_part(part), _address(), word_for(part)) for part in examine() if not part.is_well]
    return WorkList(_("Problems with the portal"), len(lines), lines, _address()) if lines else None


def _line(task: QueuedTask) -> Line:
    return Line(task_title(task), _address(), "", (timezone.now() - (task.finished_at or timezone.now())).days)


def _address() -> str:
    return reverse("desk:health")
