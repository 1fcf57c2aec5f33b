from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus, task

from background.lanes import MIRROR
from background.models import QueuedTask

from .folder import Folder
from .workflow import Renewal

SECONDS_AT_ONCE = 20.0
PAUSE = timedelta(seconds=10)  # while another process works on the copy
LOOK_AGAIN = timedelta(seconds=30)  # after a change by a machine that does not know of the copy


@task(queue_name=MIRROR)
def renew_mirror() -> None:
    """Renew the copy for some seconds, and continue in another task: at once until it is complete, then after a pause.

    Each change enqueues a task. One renewal does the work of all tasks that wait when it begins, because their changes
    are committed by then. It deletes these tasks, or they would take hours after many changes.
    """
    if not settings.MIRROR_DIR:
        return
    with Folder.opened(Path(settings.MIRROR_DIR)) as folder, folder.alone() as is_alone:
        if is_alone:
            _waiting().delete()
        is_complete = is_alone and Renewal(folder).run(SECONDS_AT_ONCE)
    if _waiting().exists():  # one is enough to continue
        return
    if is_alone and not is_complete:
        renew_mirror.enqueue()
    else:
        pause = LOOK_AGAIN if is_complete else PAUSE
        renew_mirror.using(run_after=timezone.now() + pause).enqueue()


def _waiting() -> QuerySet[Any]:
    """Return the tasks of this kind that wait."""
    found: QuerySet[Any] = QueuedTask.objects.filter(task_path=renew_mirror.module_path, status=TaskResultStatus.READY)
    return found
