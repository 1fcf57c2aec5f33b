"""A batch as a table: each row with its cells, the errors in them, and its state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.utils.functional import Promise

from accounts.models import User

from ..existing_records import NameRegister
from ..models import Batch, BatchRow
from .cells import ParsedRow
from .row_kinds import KINDS

MAX_CELLS = 900  # inputs in the form of one page; Django accepts a thousand


@dataclass
class Cell:
    """One input of the table."""

    name: str
    column: str
    label: str | Promise
    value: str
    default: str
    error: str
    note: str


@dataclass
class TableRow:
    """One row of the table; `parsed` is None once it is done."""

    row: BatchRow
    cells: list[Cell]
    parsed: ParsedRow | None

    @property
    def is_open(self) -> bool:
        """Whether the row can be edited."""
        return self.row.state == BatchRow.State.OPEN

    @property
    def is_ready(self) -> bool:
        """Whether the row can be imported."""
        return self.is_open and self.parsed is not None and self.parsed.is_ready

    @property
    def state(self) -> str:
        """The state as the page and its style sheet name it: ready, wrong, same, waiting or done."""
        if not self.is_open or self.parsed is None:
            return self.row.state
        if self.parsed.is_left:
            return "same"
        return "wrong" if self.parsed.errors else "ready"

    @property
    def choices(self) -> list[tuple[str, str | Promise]]:
        """What staff may do with a row that exists already, as pairs of a value and a label."""
        if self.parsed is None or not self.parsed.choices:
            return []
        return [(choice.value, choice.label) for choice in (BatchRow.Again.LEAVE, *self.parsed.choices)]


class Table:
    """All rows of a batch as `user` may see them, and the rows of one page."""

    def __init__(self, batch: Batch, user: User, page: str | None = None, *, has_all_columns: bool = True) -> None:
        self.kind = KINDS[batch.kind]
        rows = batch.rows.select_related("file", "contribution__newest", "contribution__shown")
        register = NameRegister(user)
        self.rows = [self._table_row(row, batch, register) for row in rows]
        self.columns = self.kind.COLUMNS.names
        if not has_all_columns:
            self._leave_empty_columns_out()
        per_page = MAX_CELLS // len(self.kind.COLUMNS.names)
        self.page = Paginator(self.rows, per_page).get_page(page)

    def _leave_empty_columns_out(self) -> None:
        """Show only columns in which a row has something, or must have it: all of them would be too wide to work in."""
        used = {cell.column for row in self.rows for cell in row.cells if cell.value or cell.error or cell.note}
        self.columns = [name for name in self.columns if name in used or name in self.kind.COLUMNS.required]
        for row in self.rows:
            row.cells = [cell for cell in row.cells if cell.column in self.columns]

    @property
    def has_more_columns(self) -> bool:
        """Whether columns without anything in them are left out."""
        return len(self.columns) < len(self.kind.COLUMNS.names)

    def _table_row(self, row: BatchRow, batch: Batch, register: NameRegister) -> TableRow:
        row.batch = batch
        parsed = None if row.state == BatchRow.State.DONE else self.kind.parse(row, register)
        return TableRow(row, [self._cell(row, name, parsed) for name in self.kind.COLUMNS.names], parsed)

    def _cell(self, row: BatchRow, name: str, parsed: ParsedRow | None) -> Cell:
        return Cell(
            name=f"{row.pk}:{name}",
            column=name,
            label=self.kind.LABELS[name],
            value=row.values.get(name, ""),
            default=row.batch.defaults.get(name, ""),
            error=parsed.errors.get(name, "") if parsed else "",
            note=parsed.notes.get(name, "") if parsed else "",
        )

    @property
    def headings(self) -> list[tuple[str | Promise, str]]:
        """The headings, each with the words that its cells may have if these are few."""
        return [(self.kind.LABELS[name], ", ".join(self.suggested.get(name, ()))) for name in self.columns]

    @property
    def suggested(self) -> Mapping[str, Sequence[str]]:
        """The values that the inputs of a column suggest, by column."""
        return self.kind.SUGGESTED

    @property
    def counts(self) -> dict[str, int]:
        """The number of rows in each state."""
        states = [row.state for row in self.rows]
        return {state: states.count(state) for state in ("ready", "wrong", "same", "waiting", "done")}

    @property
    def has_open_rows(self) -> bool:
        """Whether something can be typed in the table, which reloading the page would lose."""
        return any(row.is_open for row in self.rows)

    @property
    def choices(self) -> list[tuple[str, str | Promise]]:
        """What staff may do with any of the rows that exist already, as pairs of a value and a label."""
        return list(dict.fromkeys(choice for row in self.rows if row.is_open for choice in row.choices))

    def choose_for_all(self, choice: str) -> dict[int, str]:
        """Return a choice for each row that exists already and may be treated so, by the id of the row."""
        return {row.row.pk: choice for row in self.rows if row.is_open and choice in dict(row.choices)}

    def ready(self) -> list[int]:
        """Return the ids of the rows that can be imported."""
        return [row.row.pk for row in self.rows if row.is_ready]


def cells_from_post(batch: Batch, post: Mapping[str, str]) -> dict[int, dict[str, str]]:
    """Return the cells of a submitted table as {row id: {column: text}}."""
    columns = KINDS[batch.kind].COLUMNS.names
    cells: dict[int, dict[str, str]] = {}
    for field, text in post.items():
        row, _colon, column = field.partition(":")
        if column in columns and (pk := parse_id(row)):
            cells.setdefault(pk, {})[column] = text.strip()
    return cells


def choices_from_post(post: Mapping[str, str]) -> dict[int, str]:
    """Return what a submitted table says to do with rows that exist already, as {row id: choice}."""
    chosen: dict[int, str] = {}
    for field, choice in post.items():
        row, _slash, name = field.partition("/")
        if name == "again" and choice in BatchRow.Again and (pk := parse_id(row)):
            chosen[pk] = choice
    return chosen


def parse_id(text: str) -> int | None:
    """Return the id of a row in a form, or None if the text is not one."""
    return int(text) if text.isdecimal() and len(text) < 19 else None
