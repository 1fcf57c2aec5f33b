"""Who sent the contribution of a row, an organization or a person alone, and how they are to be named."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from contributions.models import AppearAs
from dialogues.models import Organization

from ..cell_values import labels_of
from ..columns import normalize
from ..existing_records import NameRegister
from ..person_cells import names_a_person
from .cells import ParsedRow

APPEARANCES = {
    "named": "named", "name": "named", "by name": "named", "person": "named", "with name": "named",
    "organization": "organization", "organisation": "organization", "organization only": "organization",
    "anonymous": "anonymous", "anonym": "anonymous", "without name": "anonymous", "without any name": "anonymous",
}  # fmt: skip
SENDERS = {
    "organization": "organization", "organisation": "organization", "body": "organization", "organismo": "organization",
    "organizacion": "organization", "организация": "organization", "منظمة": "organization", "组织": "organization",
    "person": "person", "individual": "person", "personne": "person", "particulier": "person", "persona": "person",
    "частное лицо": "person", "شخص": "person", "个人": "person",
}  # fmt: skip
TO_LOOK_AT = "?"  # who sent it was taken out of a cell with a person and an organization


def parse_sender(cells: Mapping[str, str], parsed: ParsedRow, register: NameRegister) -> None:
    """Read the title, who sent the contribution, and how they are to be named."""
    if not cells["title"]:
        parsed.errors.setdefault("title", _("Enter a title."))
    on_record = register.organization(cells["organization"]) if cells["organization"] else None
    is_person = _is_person(cells, parsed, on_record)
    appear_as = (labels_of(AppearAs) | APPEARANCES).get(normalize(cells["appear_as"] or "organization"))
    parsed.values |= {"title": cells["title"], "is_person": is_person}
    if appear_as is None:
        parsed.errors.setdefault("appear_as", _("Write named, organization or anonymous."))
    if is_person:
        _parse_person(cells, parsed, appear_as)
        return
    if not cells["organization"] and "sender" not in parsed.errors:
        parsed.errors.setdefault(
            "organization",
            _("Say which organization it comes from. If a person sent it alone, write person under “Sender is”."),
        )
    if appear_as == AppearAs.NAMED and not cells["person"]:
        parsed.errors.setdefault("person", _("Write the name that should appear."))
    if cells["organization"]:
        parsed.notes["organization"] = _note_on(cells["organization"], on_record, appear_as, register)
    parsed.values |= {
        "organization": on_record, "organization_name": cells["organization"], "person_name": cells["person"],
        "appear_as": appear_as,
    }  # fmt: skip


def _is_person(cells: Mapping[str, str], parsed: ParsedRow, on_record: Organization | None) -> bool:
    """Return whether a person sent it alone. Add an error if staff must say it: a name may be a person's."""
    said = cells["sender"]
    kind = SENDERS.get(normalize(said))
    if said == TO_LOOK_AT:
        parsed.errors.setdefault(
            "sender",
            _(
                "Check the person and the organization, which were one cell. Then write organization, or person if a "
                "person sent it alone."
            ),
        )
    elif said and kind is None:
        parsed.errors.setdefault("sender", _("Write organization or person."))
    elif not said and not on_record and names_a_person(cells["organization"]):
        parsed.errors.setdefault(
            "sender",
            _("“%(name)s” may be the name of a person: write organization or person.")
            % {"name": cells["organization"][:80]},
        )
    return kind == "person"


def _parse_person(cells: Mapping[str, str], parsed: ParsedRow, appear_as: str | None) -> None:
    """Read a person who sent it alone. The name appears only if the row says so; no organization is made."""
    name = cells["person"] or cells["organization"]
    if not name:
        parsed.errors.setdefault("person", _("Write the name of the person."))
    if not cells["appear_as"] or appear_as == AppearAs.ORGANIZATION:
        parsed.errors.setdefault("appear_as", _("Say whether the name of this person appears: named or anonymous."))
    if cells["person"] and cells["organization"]:
        parsed.notes["organization"] = _("Not kept, because a person sent it alone")
    # The line for the name of the organization holds that of the person, as when someone files alone.
    parsed.values |= {
        "organization": None, "organization_name": name, "person_name": "",
        "appear_as": AppearAs.ORGANIZATION if appear_as == AppearAs.NAMED else AppearAs.ANONYMOUS,
    }  # fmt: skip


def _note_on(name: str, on_record: Organization | None, appear_as: str | None, register: NameRegister) -> str:
    """Return what staff should know about an organization: whether it is on record, or one with a similar name is."""
    if on_record:
        return _("On record: %(name)s") % {"name": on_record}
    if similar := register.similar_organization(name):
        return _("Not on record. If it is “%(name)s”, write that.") % {"name": similar}
    if appear_as == AppearAs.ANONYMOUS:
        return _("Not on record, and not added, because its name is withheld")
    return _("Not on record: it will be added")
