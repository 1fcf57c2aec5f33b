"""The kinds of row that a batch can hold. Each kind is a module with the members of RowKind."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from django.utils.functional import Promise

from accounts.models import User

from ..columns import Columns
from ..existing_records import NameRegister
from ..models import Batch, BatchRow
from . import appearance_rows, contribution_rows, panel_rows, paper_rows
from .cells import ParsedRow


class RowKind(Protocol):
    """The interface of a module of rows: its columns, and how a row is read and imported."""

    @property
    def COLUMNS(self) -> Columns:  # noqa: N802  a constant of the module
        """The columns of a list of this kind."""

    @property
    def LABELS(self) -> Mapping[str, str | Promise]:  # noqa: N802
        """The headings of the table, by column."""

    @property
    def SUGGESTED(self) -> Mapping[str, Sequence[str]]:  # noqa: N802
        """The values that an input suggests, by column."""

    def from_list(self, values: Mapping[str, str], register: NameRegister) -> dict[str, str]:
        """Return the cells of a row from those of a list, which may have columns of its own, such as a first name."""

    def parse(self, row: BatchRow, register: NameRegister) -> ParsedRow:
        """Return what a row means, and the errors in it."""

    def import_row(self, row: BatchRow, by: User, register: NameRegister) -> None:
        """Create the record of a row and mark the row as done, in one transaction.

        Raise ValidationError or PermissionDenied, or FileNotFoundError if its file no longer exists.
        """


KINDS: Mapping[str, RowKind] = {
    Batch.Kind.CONTRIBUTIONS: contribution_rows,
    Batch.Kind.PAPERS: paper_rows,
    Batch.Kind.SPEAKERS: appearance_rows,
    Batch.Kind.PROGRAMME: panel_rows,
}
