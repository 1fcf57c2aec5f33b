"""Read the cells of a row: its text, and the records, languages and files that it refers to."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from contributions.models import Call
from contributions.screening import Kind
from contributions.screening.contacts import find_contacts
from dialogues.models import Dialogue
from documents.upload_checks import ENDINGS

from ..cell_values import languages
from ..columns import NAMES_OF_PEOPLE, normalize
from ..existing_records import NameRegister
from ..list_files import is_formula, strip_formula_guard
from ..models import BatchRow

MAX_CELL = 300  # characters, unless a column has a limit of its own


@dataclass
class ParsedRow:
    """What a row means.

    `values` are the fields of its record. `errors` and `notes` are sentences for staff by column. `existing` is the
    record that the row would create a second time, or one that was deleted, or None; `choices` are what staff may do
    about it, besides leaving the row out, and `again` is what they chose.
    """

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    existing: Any = None
    choices: Sequence[BatchRow.Again] = ()
    again: str = BatchRow.Again.LEAVE

    @property
    def is_left(self) -> bool:
        """Whether the record exists already and staff did not choose to import the row again."""
        return self.existing is not None and self.again not in self.choices

    @property
    def is_ready(self) -> bool:
        """Whether the row can be imported."""
        return not self.errors and not self.is_left

    def check_ready(self) -> None:
        """Raise ValidationError, with one sentence for staff, unless the row can be imported."""
        if self.is_left:
            raise ValidationError(_("This already exists."))
        if self.errors:
            raise ValidationError(next(iter(self.errors.values())))


def read_cells(row: BatchRow, columns: Sequence[str], limits: Mapping[str, int]) -> tuple[dict[str, str], ParsedRow]:
    """Return the text of a row by column, with the batch's defaults, and a ParsedRow with the errors in it.

    `limits` gives the maximum length of a column in characters, if it is not MAX_CELL.
    """
    parsed, cells = ParsedRow(again=row.again), {}
    for name in columns:
        raw = row.values.get(name) or row.batch.defaults.get(name, "")
        cells[name] = strip_formula_guard(raw)
        limit = limits.get(name, MAX_CELL)
        if is_formula(raw):
            parsed.errors[name] = _("This is a formula (%(formula)s): write the words themselves.") % {
                "formula": raw[:40]
            }
        elif name in NAMES_OF_PEOPLE and any(find_contacts(cells[name])):
            parsed.errors[name] = _("Enter a name without an address or phone number.")
        elif name.partition("_")[0] == "title" and any(spot.kind == Kind.EMAIL for spot in find_contacts(cells[name])):
            parsed.errors[name] = _("Write it without an email address.")
        elif len(cells[name]) > limit:
            parsed.errors[name] = _("This is longer than %(most)d characters: shorten it.") % {"most": limit}
    return cells, parsed


def find_dialogue(
    cells: Mapping[str, str], parsed: ParsedRow, register: NameRegister, default: Dialogue | None
) -> Dialogue | None:
    """Return the dialogue that a row names, or the default if it names none; None with an error if it is not found."""
    if not cells["dialogue"]:
        return default
    named = register.dialogues.get(normalize(cells["dialogue"]), set())
    if len(named) == 1:
        return next(iter(named))
    several = _("Several dialogues have this name: write the address of one.")
    none = _("There is no dialogue “%(words)s”: write its title or its address.") % {"words": cells["dialogue"][:80]}
    parsed.errors.setdefault("dialogue", several if named else none)
    return None


def find_call(cells: Mapping[str, str], parsed: ParsedRow, register: NameRegister, default: Call | None) -> Call | None:
    """Return the call that a row belongs to; None with an error if none or several match."""
    dialogue = find_dialogue(cells, parsed, register, None)
    if "dialogue" in parsed.errors:
        return None
    if cells["call"]:
        named = register.calls.get(normalize(cells["call"]), set())
        matching = [call for call in named if dialogue is None or call.dialogue_id == dialogue.pk]
        none = _("There is no call “%(words)s”: write its title.") % {"words": cells["call"][:80]}
        return _only_call(matching, parsed, "call", none)
    if dialogue:
        return _only_call(register.calls_of[dialogue.pk], parsed, "dialogue", _("This dialogue has no call."))
    if default is None:
        parsed.errors.setdefault("call", _("Name the call it was sent to."))
    return default


def _only_call(calls: Sequence[Call], parsed: ParsedRow, column: str, none: str) -> Call | None:
    """Return the only call of a list, or None with an error at a column."""
    if len(calls) == 1:
        return calls[0]
    several = _("Several calls fit: name the dialogue and the call.")
    parsed.errors.setdefault(column, several if calls else none)
    return None


def read_language(cells: Mapping[str, str], parsed: ParsedRow) -> str | None:
    """Return the code of the language that a row names, or None with an error."""
    code = languages().get(normalize(cells["language"]))
    if not cells["language"]:
        parsed.errors.setdefault("language", _("Enter the language."))
    elif code is None:
        parsed.errors.setdefault(
            "language", _("“%(words)s” is not one of en, fr, es, ar, ru, zh.") % {"words": cells["language"][:40]}
        )
    return code


def is_file_name(text: str) -> bool:
    """Return whether a cell names a file of a kind that the portal accepts."""
    return text.lower().endswith(ENDINGS)


def has_usable_file(row: BatchRow, parsed: ParsedRow) -> bool:
    """Return whether the row has a file that can be imported; otherwise add an error."""
    if row.file is None:
        parsed.errors.setdefault(
            "file", _("No file of this name is left: none came in, or several, or another row has it.")
        )
    elif row.file.fault:
        parsed.errors.setdefault("file", row.file.fault)
    return "file" not in parsed.errors


@contextmanager
def open_file(row: BatchRow) -> Iterator[UploadedFile]:
    """Open the stored file of a row as an upload. Raise FileNotFoundError if it no longer exists."""
    if row.file is None:
        raise FileNotFoundError
    with row.file.file.open("rb") as stored:
        yield UploadedFile(stored, row.file.name, size=row.file.size)
