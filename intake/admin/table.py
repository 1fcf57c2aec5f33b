"""A batch as a table: each row with its cells, what is wrong in them, and how far it is."""

from dataclasses import dataclass

from django.core.paginator import Paginator

from intake.batches.kinds import KINDS
from intake.batches.registers import Registers
from intake.batches.understood import Understood
from intake.models import BatchRow

MOST_CELLS = 900  # fields of one page's form; Django takes a thousand


@dataclass
class Cell:
    """One field of the table."""

    name: str
    column: str
    label: str
    value: str
    default: str
    error: str
    note: str


@dataclass
class Line:
    """One row of the table; `understood` is None once it is done."""

    row: BatchRow
    cells: list[Cell]
    understood: Understood | None

    @property
    def is_open(self):
        return self.row.state == BatchRow.State.OPEN

    @property
    def is_ready(self):
        return self.is_open and self.understood.is_ready

    @property
    def state(self):
        """How far it is, in one word of the page's stylesheet and texts."""
        if not self.is_open:
            return self.row.state
        if self.understood.errors:
            return "wrong"
        return "same" if self.understood.same is not None else "ready"


class Table:
    """All rows of a batch for one who looks, counted, and those of one page of it."""

    def __init__(self, batch, user, page=None):
        self.kind = KINDS[batch.kind]
        rows = batch.rows.select_related("file", "contribution__newest", "contribution__shown")
        registers = Registers(user)
        self.lines = [self.line(row, batch, registers) for row in rows]
        per_page = MOST_CELLS // len(self.kind.COLUMNS.names)
        self.page = Paginator(self.lines, per_page).get_page(page)

    def line(self, row, batch, registers):
        row.batch = batch
        understood = None if row.state == BatchRow.State.DONE else self.kind.understand(row, registers)
        return Line(row, [self.cell(row, name, understood) for name in self.kind.COLUMNS.names], understood)

    def cell(self, row, name, understood):
        return Cell(
            name=f"{row.pk}:{name}",
            column=name,
            label=self.kind.LABELS[name],
            value=row.values.get(name, ""),
            default=row.batch.defaults.get(name, ""),
            error=understood.errors.get(name, "") if understood else "",
            note=understood.notes.get(name, "") if understood else "",
        )

    @property
    def labels(self):
        """The headings."""
        return [self.kind.LABELS[name] for name in self.kind.COLUMNS.names]

    @property
    def suggested(self):
        """What a column's field offers, by column."""
        return self.kind.SUGGESTED

    @property
    def counts(self):
        """How many rows are in each state."""
        states = [line.state for line in self.lines]
        return {state: states.count(state) for state in ("ready", "wrong", "same", "waiting", "done")}

    def ready(self):
        """The numbers of the rows that can be brought in."""
        return [line.row.pk for line in self.lines if line.is_ready]


def posted(batch, post):
    """What a table's form holds: words by column, by row."""
    names = KINDS[batch.kind].COLUMNS.names
    cells = {}
    for field, words in post.items():
        row, _colon, column = field.partition(":")
        if column in names and number(row):
            cells.setdefault(number(row), {})[column] = words.strip()
    return cells


def number(said):
    """The key of a row as a form says it, None if it is none."""
    return int(said) if said.isdecimal() and len(said) < 19 else None
