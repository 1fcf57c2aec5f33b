from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskResultStatus, task

from background.lanes import MIRROR
from background.models import QueuedTask

from .folder import Folder
from .workflow import Renewal

SECONDS_AT_ONCE = 20.0
PAUSE = timedelta(seconds=10)  # while another process works on the copy


@task(queue_name=MIRROR)
def renew_mirror() -> None:
    """Renew the copy for some seconds, and continue in another task until it is complete."""
    if not settings.MIRROR_DIR:
        return
    with Folder.opened(Path(settings.MIRROR_DIR)) as folder, folder.alone() as is_alone:
        is_complete = is_alone and Renewal(folder).run(SECONDS_AT_ONCE)
    if not is_alone:
        renew_mirror.using(run_after=timezone.now() + PAUSE).enqueue()
    elif not is_complete and not _is_waiting():
        renew_mirror.enqueue()


def _is_waiting() -> bool:
    """Return whether another task of this kind waits: one is enough to continue."""
    waiting = QueuedTask.objects.filter(task_path=renew_mirror.module_path, status=TaskResultStatus.READY)
    return bool(waiting.exists())
