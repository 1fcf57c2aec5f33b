"""Rows that are panels: the programme of a dialogue, a part of it in each row."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.models import Panel
from intake.spreadsheets.columns import Columns, plain
from publishing.models import Verb
from publishing.workflow import locked, log

from .calls import dialogue_of
from .marking import done, take
from .understood import cells

LABELS = {
    "dialogue": gettext_lazy("Dialogue"), "number": gettext_lazy("Number"), "kind": gettext_lazy("Kind"),
    "title": gettext_lazy("Title"), "starts": gettext_lazy("Starts"), "ends": gettext_lazy("Ends"),
}  # fmt: skip
COLUMNS = Columns(
    {
        "dialogue": ("meeting", "event", "constructive dialogue"),
        "number": ("panel", "panel number", "no", "nr"),
        "kind": ("type", "kind of panel"),
        "title": ("panel title", "name", "session"),
        "starts": ("start", "begins", "from", "starts at"),
        "ends": ("end", "until", "to", "ends at"),
    },
    needed=("number", "title"),
)
LONGEST = {}
KINDS = {plain(called): kind.value for kind in Panel.Kind for called in (kind.value, kind.label)} | {"q a": "qa"}
SUGGESTED = {"kind": [kind.value for kind in Panel.Kind]}
MOMENTS = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M")
HOURS = ("%H:%M", "%H:%M:%S", "%H.%M")


def understand(row, registers):
    """What a row means, and what is wrong with it, in words."""
    words, found = cells(row, COLUMNS.names, LONGEST)
    dialogue = dialogue_of(words, found, registers, row.batch.dialogue)
    if dialogue is None:
        found.errors.setdefault("dialogue", _("Say of which dialogue."))
    kind = KINDS.get(plain(words["kind"] or "panel"))
    if kind is None:
        found.errors.setdefault("kind", _("Write one of %(kinds)s.") % {"kinds": ", ".join(SUGGESTED["kind"])})
    if not words["title"]:
        found.errors.setdefault("title", _("Give it a title."))
    number = number_of(words, found)
    starts_at = moment(words, found, dialogue, "starts", dialogue and dialogue.starts_on)
    ends_at = moment(words, found, dialogue, "ends", starts_at or (dialogue and dialogue.starts_on))
    if starts_at and ends_at and ends_at <= starts_at:
        found.errors.setdefault("ends", _("The panel ends before it starts."))
    found.meant = {"dialogue": dialogue, "number": number, "kind": kind, "title": words["title"],
                   "starts_at": starts_at, "ends_at": ends_at}  # fmt: skip
    compare(found, dialogue, number, words["title"])
    return found


def number_of(words, found):
    text = plain(words["number"]).removeprefix("panel ").strip()
    if text.isascii() and text.isdecimal() and 0 < int(text) < 1000:
        return int(text)
    found.errors.setdefault("number", _("Write the number of the panel, such as 2."))
    return None


def moment(words, found, dialogue, column, day):
    """A moment in the dialogue's own time; a mere hour is one of `day`, if that is known."""
    text = words[column]
    if not text or dialogue is None:
        return None
    for form in (*MOMENTS, *HOURS):
        try:
            read = datetime.strptime(text, form)  # noqa: DTZ007  its zone follows
        except ValueError:
            continue
        if form in HOURS:
            if day is None:
                break
            read = datetime.combine(day, read.time())
        found.notes[column] = f"{date_format(read, 'SHORT_DATETIME_FORMAT')} ({dialogue.zone_city})"
        return read.replace(tzinfo=dialogue.zone)
    found.errors.setdefault(column, _("Write day and hour so: 2026-03-01 09:30."))
    return None


def compare(found, dialogue, number, title):
    """Whether that number is taken: by the same panel, which is there already, or by another."""
    panel = dialogue and number and dialogue.panels.filter(number=number).first()
    if panel and plain(panel.title) == plain(title):
        found.same = panel
    elif panel:
        found.errors.setdefault(
            "number", _("Panel %(number)d of this dialogue is “%(title)s”.") % {"number": number, "title": panel.title}
        )


def bring_in(row, by, registers):
    """Make a panel of a row, all of it or none. Raises ValidationError."""
    if not by.has_perm("dialogues.add_panel"):
        raise PermissionDenied
    with transaction.atomic():
        if current := take(row):
            found = understand(row, registers)
            if found.meant["dialogue"]:
                locked(found.meant["dialogue"])
            if found.same is not None:
                raise ValidationError(_("This is there already."))
            if found.errors:
                raise ValidationError(next(iter(found.errors.values())))
            made = Panel(**found.meant)
            made._history_user = by
            made.full_clean()
            made.save()
            log(made, Verb.IMPORT, by=by)
            done(current, outcome=f"{made.dialogue}: {made}"[:300])
