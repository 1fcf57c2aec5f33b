from django.contrib.auth import get_user_model
from django.utils.translation import override
from django_tasks import task

from intake.batches.bringing import bring_in_waiting
from intake.models import Batch


@task
def bring_in_batch(batch_id: int, user_id: int) -> None:
    """Bring in what waits of a batch; begun again after it was cut short, it goes on where it was."""
    batch = Batch.objects.filter(pk=batch_id).first()
    user = get_user_model().objects.filter(pk=user_id).first()
    if batch and user:
        with override(user.language):  # that of the reasons why a row is refused
            bring_in_waiting(batch, user)
