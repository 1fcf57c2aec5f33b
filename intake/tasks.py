import logging

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override
from django_tasks import task

from accounts.models import User
from background.models import is_fault_of_the_machine

from .batches.row_kinds import KINDS
from .batches.row_progress import mark_failed
from .existing_records import NameRegister
from .models import Batch, BatchRow

UNKNOWN_FAULT = gettext_noop(
    "Something went wrong, and the row is not at fault: try again, or ask the people who run the portal."
)

logger = logging.getLogger(__name__)


@task
def import_batch(batch_id: int, user_id: int) -> None:
    """Import the waiting rows of a batch. If it was interrupted, running it again continues with the next row."""
    batch = Batch.objects.filter(pk=batch_id).first()
    user = get_user_model().objects.filter(pk=user_id).first()
    if batch and user:
        with override(user.language):  # the language of the errors
            import_waiting_rows(batch, user)


def skip_row(batch_id: int, user_id: int) -> None:
    """Return to the table the row at which the process died each time, and import the other rows of the batch."""
    batch = Batch.objects.filter(pk=batch_id).first()
    user = get_user_model().objects.filter(pk=user_id).first()
    row = batch.rows.waiting().first() if batch else None
    if row and user:
        with override(user.language):
            mark_failed(row, _(UNKNOWN_FAULT))
        import_batch.enqueue(batch_id, user_id)


def import_waiting_rows(batch: Batch, by: User) -> None:
    """Import each waiting row of a batch; return a row that is refused to the table, with the reason."""
    register = NameRegister(by)
    for pk in batch.rows.waiting().values_list("pk", flat=True):
        row = BatchRow.objects.select_related("file", "batch__call__dialogue__series").waiting().filter(pk=pk).first()
        if row is not None:
            _import_or_refuse(row, by, register)


def _import_or_refuse(row: BatchRow, by: User, register: NameRegister) -> None:
    kind = KINDS[row.batch.kind]
    try:
        try:
            kind.import_row(row, by, register)
        except IntegrityError:  # another process has just made the same organization, person or contribution
            kind.import_row(row, by, NameRegister(by))
    except ValidationError as error:
        mark_failed(row, error.messages[0])
    except PermissionDenied:
        mark_failed(row, _("The person who started this import does not have permission to add this record."))
    except FileNotFoundError:
        mark_failed(row, _("The file no longer exists: send it again."))
    except Exception as error:  # one faulty row must neither block the others nor wait forever
        if is_fault_of_the_machine(error):
            raise  # this task is run again later, and continues with this row
        logger.exception("Row %d of batch %d could not be imported.", row.pk, row.batch_id)
        mark_failed(row, _(UNKNOWN_FAULT))
