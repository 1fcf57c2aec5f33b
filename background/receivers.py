"""A task keeps the id of the request that enqueued it, so that its lines in the log have it too."""

from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver
from django_tasks_db.models import DBTaskResult

from .origin import IN_TASK, request_id


@receiver(pre_save, sender=DBTaskResult)
def keep_origin(instance: DBTaskResult, raw: bool, **kwargs: Any) -> None:
    """Keep the id beside the arguments of a new task. A task that enqueues another one passes it on."""
    if instance._state.adding and not raw and (known := request_id.get()):
        instance.args_kwargs[IN_TASK] = known
