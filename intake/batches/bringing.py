"""Bringing in what staff confirmed, a row at a time."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from intake.models import BatchRow

from .kinds import KINDS
from .marking import put_back
from .registers import Registers


def bring_in_waiting(batch, by):
    """Bring in each row that waits; one that is refused goes back on the table with the reason."""
    registers = Registers(by)
    for pk in batch.rows.waiting().values_list("pk", flat=True):
        row = BatchRow.objects.select_related("file", "batch__call__dialogue__series").waiting().filter(pk=pk).first()
        if row is not None:
            try_row(row, by, registers)


def try_row(row, by, registers):
    """Bring one row in, or say in it why not."""
    try:
        KINDS[row.batch.kind].bring_in(row, by, registers)
    except ValidationError as error:
        put_back(row, error.messages[0])
    except PermissionDenied:
        put_back(row, _("Who asked for it may not do this."))
    except FileNotFoundError:
        put_back(row, _("The file is not there any more: send it again."))
