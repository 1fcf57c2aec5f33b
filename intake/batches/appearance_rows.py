"""Rows of appearances: who spoke at which dialogue, in which role. New people become speakers."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from dialogues.models import Appearance, Dialogue, Panel, Speaker
from publishing.models import Verb
from publishing.workflow import log, save_with_history

from .. import headings
from ..cell_values import ascii_digits, labels_of
from ..columns import Columns, normalize
from ..existing_records import NameRegister, free_slug, person_key
from ..models import BatchRow
from ..person_cells import joined_name
from .cells import ParsedRow, find_dialogue, read_cells
from .repeated_rows import note_deleted, note_existing, repeat
from .row_progress import lock_if_waiting, mark_done
from .translated_cells import column_of, columns_of, labels_of_translations, read_translations

LABELS = {
    "name": gettext_lazy("Name"), "title": gettext_lazy("Title that day"),
    "affiliation": gettext_lazy("Affiliation that day"), "role": gettext_lazy("Role"),
    "dialogue": gettext_lazy("Dialogue"), "panel": gettext_lazy("Panel"),
    "first_name": gettext_lazy("First name"), "last_name": gettext_lazy("Family name"),
    **labels_of_translations("title", gettext_lazy("Title today")),
}  # fmt: skip
COLUMNS = Columns(
    {
        "name": headings.NAME,
        "first_name": headings.FIRST_NAME,
        "last_name": headings.LAST_NAME,
        "title": headings.JOB_TITLE,
        "affiliation": (*headings.ORGANIZATION, "organization", "affiliation that day", "affiliation"),
        "role": headings.ROLE,
        "dialogue": (*headings.DIALOGUE, "=event"),
        "panel": headings.PANEL,
        **columns_of("title", headings.JOB_TITLE_WORDS),
    },
    required=("name",),
    labels=LABELS,
    in_lists={"first_name": "name", "last_name": "name"},
)
LIMITS = {"name": 200, "title": 200}
OTHER_ROLES = {"panelist": "panellist", "cochair": "co-chair", "chairperson": "chair", "floor": "floor"}
SUGGESTED = {"role": [role.value for role in Appearance.Role]}


def from_list(values: Mapping[str, str], register: NameRegister) -> dict[str, str]:
    """Return the cells of a row from those of a list, with a name in two columns as one."""
    return joined_name(values, "name")


def parse(row: BatchRow, register: NameRegister) -> ParsedRow:
    """Return what a row means, and the errors in it."""
    cells, parsed = read_cells(row, COLUMNS.names, LIMITS)
    dialogue = find_dialogue(cells, parsed, register, row.batch.dialogue)
    if dialogue is None:
        parsed.errors.setdefault("dialogue", _("Name the dialogue."))
    parsed.values = {
        "dialogue": dialogue,
        "panel": _find_panel(cells, parsed, dialogue),
        "speaker": find_speaker(cells["name"], "name", parsed, register),
        "role": _parse_role(cells, parsed),
        "title": cells["title"],
        "affiliation": cells["affiliation"],
        "organization": register.organization(cells["affiliation"]) if cells["affiliation"] else None,
        "name": " ".join(cells["name"].split()),
        "translations": read_translations(cells, parsed, "title", settings.LANGUAGE_CODE),
    }
    if parsed.values["speaker"]:
        for code in parsed.values["translations"]:
            parsed.notes[column_of("title", code)] = _("Not imported: this speaker is already on record.")
    if not parsed.errors and parsed.values["speaker"]:
        place = {name: parsed.values[name] for name in ("dialogue", "panel", "speaker", "role")}
        if existing := Appearance.objects.filter(**place).first():
            note_existing(parsed, existing, changes_of(parsed))
        else:
            stored = {name: getattr(value, "pk", value) for name, value in place.items()}
            note_deleted(parsed, Appearance, lambda fields: stored.items() <= fields.items())
    return parsed


def changes_of(parsed: ParsedRow) -> dict[str, Any]:
    """Return the fields that a row may correct of an appearance. What the row does not say stays."""
    return {name: parsed.values[name] for name in ("title", "affiliation", "organization") if parsed.values[name]}


def _find_panel(cells: Mapping[str, str], parsed: ParsedRow, dialogue: Dialogue | None) -> Panel | None:
    """Return the panel that a row names by number or title; None if it names none, or with an error."""
    if not cells["panel"] or dialogue is None:
        return None
    wanted = normalize(ascii_digits(cells["panel"]))
    for panel in dialogue.panels.all():
        if wanted in (str(panel.number), normalize(f"panel {panel.number}"), normalize(panel.title)):
            return panel
    parsed.errors.setdefault(
        "panel",
        _("This dialogue has no panel “%(words)s”: write its number or title.") % {"words": cells["panel"][:80]},
    )
    return None


def find_speaker(name: str, column: str, parsed: ParsedRow, register: NameRegister) -> Speaker | None:
    """Return the speaker with this name; None for a new person, or with an error. A note in the column says which."""
    if not name:
        parsed.errors.setdefault(column, _("Enter a name."))
        return None
    named = register.speakers[person_key(name)]
    if len(named) > 1:
        parsed.errors.setdefault(column, _("Several speakers have this name: add this one on the dialogue’s own page."))
        return None
    if named:
        note = _("On record: %(name)s") % {"name": named[0]}
    elif similar := register.similar_speaker(name):
        note = _("A new speaker. If it is “%(name)s”, write that.") % {"name": similar}
    else:
        note = _("A new speaker")
    parsed.notes[column] = "; ".join(filter(None, [parsed.notes.get(column), note]))
    return named[0] if named else None


def _parse_role(cells: Mapping[str, str], parsed: ParsedRow) -> str | None:
    role = (labels_of(Appearance.Role) | OTHER_ROLES).get(normalize(cells["role"]))
    if role is None:
        parsed.errors.setdefault("role", _("Write one of %(roles)s.") % {"roles": ", ".join(SUGGESTED["role"])})
    return role


def import_row(row: BatchRow, by: User, register: NameRegister) -> None:
    """Create the appearance of a row, and a speaker if the person is new.

    Raise ValidationError if the row has errors or exists already.
    """
    if not by.has_perms(["dialogues.add_speaker", "dialogues.add_appearance"]):
        raise PermissionDenied
    with transaction.atomic():
        if current := lock_if_waiting(row):
            register.add_new_speakers()  # by earlier rows or another worker
            parsed = parse(row, register)
            parsed.check_ready()
            record: Any = repeat(parsed, changes_of(parsed), by) or create_appearance(by=by, **parsed.values)
            mark_done(current, outcome=str(record)[:300])


def create_appearance(
    *, by: User, speaker: Speaker | None, name: str, translations: Mapping[str, Any] | None = None, **fields: Any
) -> Appearance:
    """Create an appearance with all checks of the admin form, and a speaker of this name if there is none.

    The title that day is kept as given. Its translations become those of the current title of a new speaker.
    """
    if speaker is None:
        speaker = Speaker(name=name, slug=free_slug(Speaker, name))
        if translations:
            speaker.title, speaker.translations = fields["title"], dict(translations)
            speaker.full_clean(exclude=["slug"])
        speaker._history_user = by  # type: ignore[attr-defined]  # django-simple-history reads it
        speaker.save()
    record = Appearance(speaker=speaker, **fields)
    save_with_history(record, by=by)
    log(record, Verb.IMPORT, by=by)
    return record
