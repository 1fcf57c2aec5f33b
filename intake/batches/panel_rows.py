"""Rows of panels: the programme of a dialogue, one panel in each row."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from dialogues.models import Dialogue, Panel
from publishing.models import Verb
from publishing.workflow import locked, log, save_with_history

from .. import headings
from ..cell_values import (
    ascii_digits,
    is_ambiguous_day,
    is_day_with_hour,
    labels_of,
    parse_day,
    parse_hour,
    split_hours,
)
from ..columns import Columns, is_number, normalize
from ..existing_records import NameRegister
from ..list_files import DASHES
from ..models import BatchRow
from .cells import ParsedRow, find_dialogue, read_cells
from .panel_people import add_people, missing_people, read_people
from .repeated_rows import note_deleted, note_existing, repeat
from .row_progress import lock_if_waiting, mark_done
from .translated_cells import columns_of, joined_translations, labels_of_translations, read_translations

LABELS = {
    "dialogue": gettext_lazy("Dialogue"), "number": gettext_lazy("Number"), "kind": gettext_lazy("Kind"),
    "title": gettext_lazy("Title"), "starts": gettext_lazy("Starts"), "ends": gettext_lazy("Ends"),
    "day": gettext_lazy("Day"), "chair": gettext_lazy("Chair"), "moderator": gettext_lazy("Moderator"),
    "speakers": gettext_lazy("Speakers"), "room": gettext_lazy("Room"),
    **labels_of_translations("title", gettext_lazy("Title")),
}  # fmt: skip
COLUMNS = Columns(
    {
        "dialogue": (*headings.DIALOGUE, "=event"),
        "number": headings.NUMBER,
        "kind": headings.KIND,
        "title": headings.PANEL_TITLE,
        "day": headings.DAY,
        "starts": headings.STARTS,
        "ends": headings.ENDS,
        "chair": headings.CHAIR,
        "moderator": headings.MODERATOR,
        "speakers": headings.SPEAKERS,
        "room": headings.ROOM,
        **columns_of("title", headings.TITLE_WORDS),
    },
    required=("title",),
    by_content={"number": is_number, "starts": is_day_with_hour},
    labels=LABELS,
    in_lists={"day": "starts"},
)
LIMITS = {"room": 200, "speakers": 3000}
OTHER_KINDS = {"q a": "qa"}
SUGGESTED = {"kind": [kind.value for kind in Panel.Kind]}
NUMBERED = {normalize(word) for word in ("panel", "session", "séance", "sesión", "сессия", "панель", "الجلسة", "mesa")}


def from_list(values: Mapping[str, str], register: NameRegister) -> dict[str, str]:
    """Return the cells of a row from those of a list: a day in a column of its own is put before each hour."""
    cells = _with_hours_apart(values)
    day = cells.pop("day", "")
    if day and parse_day(day):
        for name in {"starts", "ends"} & set(cells):
            cells[name] = cells[name] if parse_day(cells[name]) else f"{day} {cells[name]}"
    return cells


def _with_hours_apart(values: Mapping[str, str]) -> dict[str, str]:
    """Return cells with “9.30 to 11.00” in the column of starts split into the columns of starts and ends."""
    starts, ends = split_hours(values.get("starts", ""))
    return {**values, "starts": starts, "ends": values.get("ends") or ends} if ends else dict(values)


def parse(row: BatchRow, register: NameRegister) -> ParsedRow:
    """Return what a row means, and the errors in it."""
    cells, parsed = read_cells(row, COLUMNS.names, LIMITS)
    cells = _with_hours_apart(cells)
    dialogue = find_dialogue(cells, parsed, register, row.batch.dialogue)
    if dialogue is None:
        parsed.errors.setdefault("dialogue", _("Name the dialogue."))
    kind = (labels_of(Panel.Kind) | OTHER_KINDS).get(normalize(cells["kind"] or "panel"))
    if kind is None:
        parsed.errors.setdefault("kind", _("Write one of %(kinds)s.") % {"kinds": ", ".join(SUGGESTED["kind"])})
    if not cells["title"]:
        parsed.errors.setdefault("title", _("Enter a title."))
    number = _parse_number(cells, parsed)
    first_day = dialogue.starts_on if dialogue else None
    starts_at = _parse_moment(cells, parsed, dialogue, "starts", first_day)
    ends_at = _parse_moment(cells, parsed, dialogue, "ends", starts_at or first_day)
    if starts_at and ends_at and ends_at <= starts_at:
        parsed.errors.setdefault("ends", _("The panel ends before it starts."))
    parsed.values = {"dialogue": dialogue, "number": number, "kind": kind, "title": cells["title"],
                   "starts_at": starts_at, "ends_at": ends_at, "room": cells["room"]}  # fmt: skip
    parsed.values["translations"] = read_translations(cells, parsed, "title", settings.LANGUAGE_CODE)
    _check_number(parsed, dialogue, number, cells["title"])
    people = read_people(cells, parsed, register)
    if isinstance(parsed.existing, Panel) and missing_people(parsed.existing, people):
        parsed.choices = [BatchRow.Again.CORRECT]
    parsed.values["people"] = people
    return parsed


def _parse_number(cells: Mapping[str, str], parsed: ParsedRow) -> int | None:
    """Return the number that a row says; None with an error if it is not a number, or if there is none."""
    if not cells["number"].strip(DASHES):
        return None
    words = [word for word in normalize(ascii_digits(cells["number"])).split() if word not in NUMBERED]
    text = words[0] if len(words) == 1 else ""
    if text.isascii() and text.isdecimal() and 0 < int(text) < 1000:
        return int(text)
    parsed.errors.setdefault("number", _("Write the number of the panel, such as 2."))
    return None


def _parse_moment(
    cells: Mapping[str, str], parsed: ParsedRow, dialogue: Dialogue | None, column: str, day: date | None
) -> datetime | None:
    """Return a date and time in the dialogue's time zone. A time without a date is on `day`, if that is known."""
    text = cells[column]
    if not text or dialogue is None:
        return None
    hour = parse_hour(text)
    on_day = _day_at(text, dialogue) if is_ambiguous_day(text) else parse_day(text) or day
    if hour is None or on_day is None:
        parsed.errors.setdefault(column, _("Write the date and time like this: 2026-03-01 09:30."))
        return None
    read = datetime.combine(on_day, hour)
    parsed.notes[column] = f"{date_format(read, 'SHORT_DATETIME_FORMAT')} ({dialogue.zone_city})"
    return read.replace(tzinfo=dialogue.zone)


def _day_at(text: str, dialogue: Dialogue) -> date | None:
    """Return the day of a dialogue that a cell such as 3/4/2026 means, or None if neither order gives one."""
    first, last = dialogue.starts_on, dialogue.last_day
    days = {parse_day(text, month_first=month_first) for month_first in (True, False)}
    return next((day for day in days if day and first and last and first <= day <= last), None)


def _check_number(parsed: ParsedRow, dialogue: Dialogue | None, number: int | None, title: str) -> None:
    """Look for a panel with this number, the same one or another; without a number, for one with this title."""
    if number is None:
        _check_title(parsed, dialogue, title)
        return
    panel = dialogue and dialogue.panels.filter(number=number).first()
    if panel and normalize(panel.title) == normalize(title):
        note_existing(parsed, panel, changes_of(parsed, panel))
    elif panel:
        parsed.errors.setdefault(
            "number", _("Panel %(number)d of this dialogue is “%(title)s”.") % {"number": number, "title": panel.title}
        )
    elif dialogue:
        of = {"dialogue": dialogue.pk, "number": number}
        note_deleted(parsed, Panel, lambda fields: of.items() <= fields.items())


def _check_title(parsed: ParsedRow, dialogue: Dialogue | None, title: str) -> None:
    """Look for the panel of a row without a number by its title."""
    panels = dialogue.panels.all() if dialogue and title else ()
    panel = next((one for one in panels if normalize(one.title) == normalize(title)), None)
    if panel:
        parsed.values["number"] = panel.number
        note_existing(parsed, panel, changes_of(parsed, panel))
    elif "number" not in parsed.errors:
        parsed.notes["number"] = _("Without a number, it gets the next one")


def changes_of(parsed: ParsedRow, panel: Any) -> dict[str, Any]:
    """Return the fields that a row may correct of a panel. What the row does not say stays."""
    translations = joined_translations(panel, parsed.values["translations"])
    translations.pop(getattr(panel, "original_language", ""), None)  # the title itself is in this language
    said = {name: parsed.values[name] for name in ("starts_at", "ends_at", "room") if parsed.values[name]}
    return {"kind": parsed.values["kind"], "title": parsed.values["title"], "translations": translations, **said}


def import_row(row: BatchRow, by: User, register: NameRegister) -> None:
    """Create the panel of a row, with its people. Raise ValidationError if it has errors or exists already."""
    if not by.has_perm("dialogues.add_panel"):
        raise PermissionDenied
    with transaction.atomic():
        if current := lock_if_waiting(row):
            register.add_new_speakers()  # by earlier rows or another worker
            parsed = parse(row, register)
            people = parsed.values.pop("people")
            if parsed.values["dialogue"]:
                locked(parsed.values["dialogue"])
            parsed.check_ready()
            if parsed.values["number"] is None:
                parsed.values["number"] = _next_number(current, parsed.values["dialogue"])
            record: Any = repeat(parsed, changes_of(parsed, parsed.existing), by) or _create_panel(by, parsed.values)
            add_people(record, people, by=by)
            mark_done(current, outcome=f"{record.dialogue}: {record}"[:300])


def _next_number(row: BatchRow, dialogue: Dialogue) -> int:
    """Return the number after those of the dialogue's panels, and after those that rows of the batch still say."""
    said = (ascii_digits(values.get("number", "")) for values in row.batch.rows.values_list("values", flat=True))
    numbers = {int(number) for number in said if number.isascii() and number.isdecimal() and len(number) < 4}
    return max({0, *numbers, *dialogue.panels.values_list("number", flat=True)}) + 1


def _create_panel(by: User, fields: Mapping[str, Any]) -> Panel:
    record = Panel(**fields)
    save_with_history(record, by=by)
    log(record, Verb.IMPORT, by=by)
    return record
