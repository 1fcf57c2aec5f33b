"""What a batch can hold: for each kind its columns, how a row is understood and how it is brought in."""

from intake.models import Batch

from . import contributions

KINDS = {Batch.Kind.CONTRIBUTIONS: contributions}
