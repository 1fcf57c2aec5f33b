"""The form in which staff say what the columns of a list are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.forms import NamesMissingFields

from ..batches.row_kinds import KINDS
from ..columns import MOST_ABOVE, headings_at
from ..models import BatchList

SHOWN_ROWS = 3  # of which the cells are shown for each column
SHOWN_LETTERS = 45  # of a row among which the headings are chosen


@dataclass(frozen=True)
class ListColumn:
    """One column of a list: its heading, its first cells, and the field that says what it is."""

    heading: str
    cells: Sequence[str]
    field: BoundField


class ColumnsForm(NamesMissingFields, forms.Form):
    """The row of the headings, and what each column is."""

    header = forms.TypedChoiceField(label=gettext_lazy("The headings are in"), coerce=int)

    def __init__(self, *args: Any, found: BatchList, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        if len(found.sheets) > 1:
            names = [sheet["name"] for sheet in found.sheets]
            current = next(at for at, sheet in enumerate(found.sheets) if sheet["table"] == found.table)
            self.fields["sheet"] = forms.TypedChoiceField(
                label=_("Sheet"),
                coerce=int,
                choices=list(enumerate(names)),
                initial=current,
                required=False,
                empty_value=None,
            )
        header: Any = self.fields["header"]
        header.choices = [(0, _("no row: all rows are content")), *self._rows()]
        header.initial = found.header
        labels = KINDS[kind].LABELS
        choices = [("", _("– leave out –")), *((name, labels[name]) for name in KINDS[kind].COLUMNS.of_lists)]
        self.names = [f"column-{at}" for at in range(len(found.columns))]
        for at, name in enumerate(self.names):
            words = {"number": at + 1, "heading": self._heading(at)}
            self.fields[name] = forms.ChoiceField(
                label=_("Column %(number)d, %(heading)s") % words, required=False, choices=choices,
                initial=found.columns[at],
            )  # fmt: skip

    def _rows(self) -> list[tuple[int, str]]:
        """Return the rows among which the headings are, each with its beginning."""
        rows = [(number, " · ".join(filter(None, row))) for number, row in enumerate(self.found.table[:MOST_ABOVE], 1)]
        words = [(number, text if len(text) <= SHOWN_LETTERS else f"{text[:SHOWN_LETTERS]}…") for number, text in rows]
        return [
            (number, _("row %(number)d: %(text)s") % {"number": number, "text": text}) for number, text in words if text
        ]

    def _heading(self, at: int) -> str:
        headings = headings_at(self.found.table, self.found.header)
        return headings[at] if at < len(headings) else ""

    def list_columns(self) -> list[ListColumn]:
        """Return the columns with their headings and first cells, without those that have neither."""
        rows = [row for row in self.found.table[self.found.header :] if any(row)][:SHOWN_ROWS]
        shown = [
            ListColumn(self._heading(at), [row[at] if at < len(row) else "" for row in rows], self[name])
            for at, name in enumerate(self.names)
        ]
        return [column for column in shown if column.heading or any(column.cells)]

    @property
    def is_other_sheet(self) -> bool:
        """Whether another sheet was chosen than the one whose columns are shown."""
        chosen = self.cleaned_data.get("sheet")
        return chosen is not None and self.found.sheets[chosen]["table"] != self.found.table

    def columns(self) -> list[str]:
        """Return what the columns are, as chosen."""
        return [self.cleaned_data[name] for name in self.names]
