"""Bringing in what staff confirmed, a row at a time."""

import logging

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from intake.models import BatchRow

from .kinds import KINDS
from .marking import put_back
from .registers import Registers

logger = logging.getLogger(__name__)


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
    except Exception:  # whatever it is: the rows after this one have to come in, and this one must not wait for ever
        logger.exception("Row %d of batch %d could not be brought in.", row.pk, row.batch_id)
        put_back(row, _("Something went wrong that is not the row’s fault: try again, or ask who runs the portal."))
