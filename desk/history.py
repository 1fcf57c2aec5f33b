"""The history of a record: who changed which field, and who published, unpublished or shared it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from dialogues.models import Summary
from dialogues.summary_review import paragraph_changes
from publishing.models import Transition, Verb
from publishing.translation_forms import changed_texts
from text.lists import joined

MOST_ENTRIES = 200
TYPES = {"+": _("Added"), "~": _("Changed"), "-": _("Deleted")}


@dataclass(frozen=True)
class Change:
    """A changed field, with its value before and after."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """One event: when, who (None for the portal itself), what was done, a note, and the changed fields."""

    at: datetime
    who: Any
    what: str | Promise
    note: str = ""
    changes: list[Change] = field(default_factory=list)


def history_of(record: Any) -> list[Entry]:
    """Return the events of a record, newest first."""
    moves = [*Transition.objects.of(record).select_related("actor")]
    # A deletion is in both, once it was undone.
    is_logged = any(move.verb == Verb.DELETE for move in moves)
    entries = [entry for entry in _edits(record) if not (is_logged and entry.what == TYPES["-"])]
    entries += [Entry(move.at, move.who, capfirst(move.get_verb_display()), move.note) for move in moves]
    if isinstance(record, Summary):
        entries += [
            Entry(change.at, change.by, _("Changed"), "", [Change(_paragraph(change.label), change.old, change.new)])
            for change in paragraph_changes(str(record.pk))
        ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:MOST_ENTRIES]


def _paragraph(label: str) -> str:
    return str(_("Paragraph %(number)s") % {"number": label}).strip()


def _edits(record: Any) -> Iterator[Entry]:
    """Yield the edits of a record that its history keeps. An edit that changed no field is left out."""
    if not hasattr(record, "history"):
        return
    latest = record.history.select_related("history_user").order_by("-history_date", "-history_id")
    rows = list(latest[: MOST_ENTRIES + 1])[::-1]  # with one more, with which the oldest is compared
    for old, new in zip([None, *rows], rows, strict=False):
        changes = [*_changes(old, new)] if old is not None else []
        if changes or new.history_type != "~":
            yield Entry(new.history_date, new.history_user, TYPES[new.history_type], "", changes)


def _changes(old: Any, new: Any) -> Iterator[Change]:
    model = new.instance_type
    for change in new.diff_against(old, foreign_keys_are_objs=True).changes:
        if change.field == "translations":
            yield from (Change(*text) for text in changed_texts(model, change.old, change.new))
            continue
        changed = model._meta.get_field(change.field)
        values = (_words(value, changed) for value in (change.old, change.new))
        yield Change(capfirst(str(changed.verbose_name)), *values)


def _words(value: Any, changed: Any) -> str:
    """Return the value of a field as text: of a choice, its label.

    A many-to-many field has a list of rows, whose last value is the related record.
    """
    if label := dict(getattr(changed, "flatchoices", ())).get(value if isinstance(value, str) else None):
        return str(label)
    if getattr(value, "pk", value) is None:  # also of a related record that was not set
        return ""
    if isinstance(value, list):
        return joined((list(one.values())[-1] if isinstance(one, dict) else one for one in value), ";")
    return str(value)
