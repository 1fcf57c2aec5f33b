"""Rows that are appearances: who spoke where, as whom. A person who is new becomes a speaker, any other is found."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.models import Appearance, Speaker
from intake.matching import free_slug
from intake.spreadsheets.columns import Columns, plain
from publishing.models import Verb
from publishing.workflow import log

from .calls import dialogue_of
from .marking import done, take
from .people import name_key, speakers_by_name
from .understood import cells

LABELS = {
    "name": gettext_lazy("Name"), "title": gettext_lazy("Title that day"),
    "affiliation": gettext_lazy("Affiliation that day"), "role": gettext_lazy("Role"),
    "dialogue": gettext_lazy("Dialogue"), "panel": gettext_lazy("Panel"),
}  # fmt: skip
COLUMNS = Columns(
    {
        "name": ("speaker", "full name", "person", "participant"),
        "title": ("job title", "function", "position", "title that day"),
        "affiliation": ("organization", "organisation", "institution", "affiliation that day"),
        "role": ("part", "role in panel"),
        "dialogue": ("meeting", "event", "constructive dialogue"),
        "panel": ("panel number", "session", "panel title"),
    },
    needed=("name",),
)
LONGEST = {"name": 200, "title": 200}
ROLES = {plain(called): role.value for role in Appearance.Role for called in (role.value, role.label)}
ROLES |= {"panelist": "panellist", "cochair": "co-chair", "chairperson": "chair", "floor": "floor"}
SUGGESTED = {"role": [role.value for role in Appearance.Role]}


def understand(row, registers):
    """What a row means, and what is wrong with it, in words."""
    words, found = cells(row, COLUMNS.names, LONGEST)
    dialogue = dialogue_of(words, found, registers, row.batch.dialogue)
    if dialogue is None:
        found.errors.setdefault("dialogue", _("Say at which dialogue."))
    found.meant = {
        "dialogue": dialogue,
        "panel": panel_of(words, found, dialogue),
        "speaker": speaker_of(words, found, registers),
        "role": role_of(words, found),
        "title": words["title"],
        "affiliation": words["affiliation"],
        "organization": registers.organization(words["affiliation"]) if words["affiliation"] else None,
        "name": " ".join(words["name"].split()),
    }
    if not found.errors and found.meant["speaker"]:
        place = {name: found.meant[name] for name in ("dialogue", "panel", "speaker", "role")}
        found.same = Appearance.objects.filter(**place).first()
    return found


def panel_of(words, found, dialogue):
    """The panel that a cell names by its number or its title, if any."""
    if not words["panel"] or dialogue is None:
        return None
    for panel in dialogue.panels.all():
        if plain(words["panel"]) in (str(panel.number), plain(f"panel {panel.number}"), plain(panel.title)):
            return panel
    found.errors.setdefault(
        "panel",
        _("This dialogue has no panel “%(words)s”: write its number or title.") % {"words": words["panel"][:80]},
    )
    return None


def speaker_of(words, found, registers):
    """The speaker of that name, or None where it is a new person."""
    if not words["name"]:
        found.errors.setdefault("name", _("Say who it is."))
        return None
    named = registers.speakers[name_key(words["name"])]
    if len(named) > 1:
        found.errors.setdefault("name", _("Several speakers are called so: add this one on the dialogue’s own page."))
        return None
    found.notes["name"] = _("On record: %(name)s") % {"name": named[0]} if named else _("A new speaker")
    return named[0] if named else None


def role_of(words, found):
    role = ROLES.get(plain(words["role"]))
    if role is None:
        found.errors.setdefault("role", _("Write one of %(roles)s.") % {"roles": ", ".join(SUGGESTED["role"])})
    return role


def bring_in(row, by, registers):
    """Make an appearance of a row, and a speaker where it is a new person, all or none. Raises ValidationError."""
    if not by.has_perms(["dialogues.add_speaker", "dialogues.add_appearance"]):
        raise PermissionDenied
    with transaction.atomic():
        if current := take(row):
            registers.speakers = speakers_by_name()  # rows before this one may have made some
            found = understand(row, registers)
            if found.same is not None:
                raise ValidationError(_("This is there already."))
            if found.errors:
                raise ValidationError(next(iter(found.errors.values())))
            made = appear(by=by, **found.meant)
            log(made, Verb.IMPORT, by=by)
            done(current, outcome=str(made)[:300])


def appear(*, by, speaker, name, **fields):
    """An appearance that is as valid as one typed by hand."""
    if speaker is None:
        speaker = Speaker(name=name, slug=free_slug(Speaker, name))
        speaker._history_user = by
        speaker.save()
    made = Appearance(speaker=speaker, **fields)
    made._history_user = by
    made.full_clean()
    made.save()
    return made
