"""The people whom a row of a programme names at its panel: those who chair it, moderate it or speak at it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from accounts.models import User
from dialogues.models import Appearance, Organization, Panel, Speaker

from ..existing_records import NameRegister, person_key
from ..person_cells import split_people
from .appearance_rows import create_appearance, find_speaker
from .cells import ParsedRow

ROLES = {  # by the column that names them
    "chair": Appearance.Role.CHAIR,
    "moderator": Appearance.Role.MODERATOR,
    "speakers": Appearance.Role.PANELLIST,
}


@dataclass(frozen=True)
class PanelPerson:
    """A person at a panel: the name as the row has it, the speaker unless the person is new, role and affiliation."""

    name: str
    role: str
    affiliation: str
    speaker: Speaker | None
    organization: Organization | None


def read_people(cells: Mapping[str, str], parsed: ParsedRow, register: NameRegister) -> list[PanelPerson]:
    """Return the people whom the cells of a row name; a note or an error says who is found and who is new."""
    found = []
    for column, role in ROLES.items():
        named = split_people(cells[column], lambda name: register.organization(name) is not None)
        share = role == Appearance.Role.CHAIR and len(named) > 1
        for name, affiliation in named:
            person = PanelPerson(
                name=name,
                role=Appearance.Role.CO_CHAIR if share else role,
                affiliation=affiliation,
                speaker=find_speaker(name, column, parsed, register),
                organization=register.organization(affiliation) if affiliation else None,
            )
            found.append(person)
    return found


def missing_people(panel: Panel, people: Sequence[PanelPerson]) -> list[PanelPerson]:
    """Return those who do not appear on a panel in their role yet."""
    there = {(row.role, person_key(row.speaker.name)) for row in panel.appearances.select_related("speaker")}
    return [one for one in people if (one.role, person_key(one.name)) not in there]


def add_people(panel: Panel, people: Sequence[PanelPerson], *, by: User) -> None:
    """Add the people who are not on a panel in their role yet. New people become speakers. Raises PermissionDenied."""
    missing = missing_people(panel, people)
    if missing and not by.has_perms(["dialogues.add_speaker", "dialogues.add_appearance"]):
        raise PermissionDenied
    new: dict[str, Speaker] = {}  # a new person may have two roles
    for one in missing:
        made = create_appearance(
            by=by, dialogue=panel.dialogue, panel=panel, speaker=one.speaker or new.get(person_key(one.name)),
            name=one.name, role=one.role, title="", affiliation=one.affiliation, organization=one.organization,
        )  # fmt: skip
        new[person_key(one.name)] = made.speaker
