"""Rows of panels: the programme of a dialogue, one panel in each row."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from dialogues.models import Dialogue, Panel
from publishing.models import Verb
from publishing.workflow import locked, log

from .. import headings
from ..cell_values import ascii_digits, labels_of
from ..columns import Columns, normalize
from ..existing_records import NameRegister
from ..models import BatchRow
from .cells import ParsedRow, find_dialogue, read_cells
from .repeated_rows import note_deleted, note_existing, repeat
from .row_progress import lock_if_waiting, mark_done

LABELS = {
    "dialogue": gettext_lazy("Dialogue"), "number": gettext_lazy("Number"), "kind": gettext_lazy("Kind"),
    "title": gettext_lazy("Title"), "starts": gettext_lazy("Starts"), "ends": gettext_lazy("Ends"),
}  # fmt: skip
COLUMNS = Columns(
    {
        "dialogue": (*headings.DIALOGUE, "=event"),
        "number": headings.NUMBER,
        "kind": headings.KIND,
        "title": headings.PANEL_TITLE,
        "starts": headings.STARTS,
        "ends": headings.ENDS,
    },
    required=("number", "title"),
    by_content={"number": str.isdecimal},
)
LIMITS: dict[str, int] = {}
OTHER_KINDS = {"q a": "qa"}
SUGGESTED = {"kind": [kind.value for kind in Panel.Kind]}
MOMENTS = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M")
HOURS = ("%H:%M", "%H:%M:%S", "%H.%M")


def parse(row: BatchRow, register: NameRegister) -> ParsedRow:
    """Return what a row means, and the errors in it."""
    cells, parsed = read_cells(row, COLUMNS.names, LIMITS)
    dialogue = find_dialogue(cells, parsed, register, row.batch.dialogue)
    if dialogue is None:
        parsed.errors.setdefault("dialogue", _("Say of which dialogue."))
    kind = (labels_of(Panel.Kind) | OTHER_KINDS).get(normalize(cells["kind"] or "panel"))
    if kind is None:
        parsed.errors.setdefault("kind", _("Write one of %(kinds)s.") % {"kinds": ", ".join(SUGGESTED["kind"])})
    if not cells["title"]:
        parsed.errors.setdefault("title", _("Give it a title."))
    number = _parse_number(cells, parsed)
    first_day = dialogue.starts_on if dialogue else None
    starts_at = _parse_moment(cells, parsed, dialogue, "starts", first_day)
    ends_at = _parse_moment(cells, parsed, dialogue, "ends", starts_at or first_day)
    if starts_at and ends_at and ends_at <= starts_at:
        parsed.errors.setdefault("ends", _("The panel ends before it starts."))
    parsed.values = {"dialogue": dialogue, "number": number, "kind": kind, "title": cells["title"],
                   "starts_at": starts_at, "ends_at": ends_at}  # fmt: skip
    _check_number(parsed, dialogue, number, cells["title"])
    return parsed


def _parse_number(cells: Mapping[str, str], parsed: ParsedRow) -> int | None:
    text = normalize(ascii_digits(cells["number"])).removeprefix("panel ").strip()
    if text.isascii() and text.isdecimal() and 0 < int(text) < 1000:
        return int(text)
    parsed.errors.setdefault("number", _("Write the number of the panel, such as 2."))
    return None


def _parse_moment(
    cells: Mapping[str, str], parsed: ParsedRow, dialogue: Dialogue | None, column: str, day: date | None
) -> datetime | None:
    """Return a date and time in the dialogue's time zone. A time without a date is on `day`, if that is known."""
    text = ascii_digits(cells[column])
    if not text or dialogue is None:
        return None
    for form in (*MOMENTS, *HOURS):
        try:
            read = datetime.strptime(text, form)  # noqa: DTZ007  the zone is added below
        except ValueError:
            continue
        if form in HOURS:
            if day is None:
                break
            read = datetime.combine(day, read.time())
        parsed.notes[column] = f"{date_format(read, 'SHORT_DATETIME_FORMAT')} ({dialogue.zone_city})"
        return read.replace(tzinfo=dialogue.zone)
    parsed.errors.setdefault(column, _("Write day and hour so: 2026-03-01 09:30."))
    return None


def _check_number(parsed: ParsedRow, dialogue: Dialogue | None, number: int | None, title: str) -> None:
    """Check whether the dialogue has a panel of this number: the same one, or another."""
    panel = dialogue and number and dialogue.panels.filter(number=number).first()
    if panel and normalize(panel.title) == normalize(title):
        note_existing(parsed, panel, changes_of(parsed))
    elif panel:
        parsed.errors.setdefault(
            "number", _("Panel %(number)d of this dialogue is “%(title)s”.") % {"number": number, "title": panel.title}
        )
    elif dialogue and number:
        of = {"dialogue": dialogue.pk, "number": number}
        note_deleted(parsed, Panel, lambda fields: of.items() <= fields.items())


def changes_of(parsed: ParsedRow) -> dict[str, Any]:
    """Return the fields that a row may correct of a panel. A time that the row does not say stays."""
    times = {name: parsed.values[name] for name in ("starts_at", "ends_at") if parsed.values[name]}
    return {"kind": parsed.values["kind"], "title": parsed.values["title"], **times}


def import_row(row: BatchRow, by: User, register: NameRegister) -> None:
    """Create the panel of a row. Raise ValidationError if it has errors or exists already."""
    if not by.has_perm("dialogues.add_panel"):
        raise PermissionDenied
    with transaction.atomic():
        if current := lock_if_waiting(row):
            parsed = parse(row, register)
            if parsed.values["dialogue"]:
                locked(parsed.values["dialogue"])
            parsed.check_ready()
            record: Any = repeat(parsed, changes_of(parsed), by) or _create_panel(by, parsed.values)
            mark_done(current, outcome=f"{record.dialogue}: {record}"[:300])


def _create_panel(by: User, fields: Mapping[str, Any]) -> Panel:
    record = Panel(**fields)
    record._history_user = by  # type: ignore[attr-defined]  # django-simple-history reads it
    record.full_clean()
    record.save()
    log(record, Verb.IMPORT, by=by)
    return record
