"""Read the people to invite from pasted lines: addresses, with or without the name of an organization."""

import re
from collections.abc import Iterator
from itertools import chain

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from contributions.workflow import Invitee

ADDRESS = re.compile(r"[^\s<>()\[\],;:\"“”«»]*@[^\s<>()\[\],;:\"“”«»]*")
AROUND_NAMES = " \t<>()[],;:|\"'“”«»"
MOST_AT_ONCE = 200
LONGEST_NAME = 300


def read_invitees(text: str) -> list[Invitee]:
    """Return whom the lines of a text name, each once, in their order.

    A line is an address, the name of an organization, or both in either order, as programs for email and spreadsheets
    write them. One line may hold several of these with semicolons between them, or addresses that each follow their
    name. A name and an address in neighbouring cells are one invitee. Raises ValidationError with a sentence for each
    line that can't be read.
    """
    found: dict[str, Invitee] = {}
    faults = []
    for number, line in enumerate(text.splitlines(), 1):
        for invitee in chain.from_iterable(map(_of_part, _parts_of(line))):
            if fault := _fault_of(invitee):
                faults.append(_("Line %(number)d: %(fault)s") % {"number": number, "fault": fault})
            found.setdefault(invitee.key, invitee)
    if faults:
        raise ValidationError(faults)
    if len(found) > MOST_AT_ONCE:
        raise ValidationError(_("There are more than %(most)d: invite them in batches.") % {"most": MOST_AT_ONCE})
    return list(found.values())


def _parts_of(line: str) -> list[str]:
    """Return the parts of a line between semicolons. A name is joined with the bare address in the next part.

    Spreadsheet programs write two cells this way where a comma marks decimals.
    """
    parts = [part for part in re.split("[;；]", line) if part.strip(AROUND_NAMES)]
    if len(parts) == 2 and _is_address(parts[0]) and "@" not in parts[1]:
        parts.reverse()
    joined: list[str] = []
    for part in parts:
        if joined and _is_address(part) and "@" not in joined[-1]:
            joined[-1] += f" {part}"
        else:
            joined.append(part)
    return joined


def _is_address(part: str) -> bool:
    return ADDRESS.fullmatch(part.strip(AROUND_NAMES)) is not None


def _of_part(part: str) -> Iterator[Invitee]:
    """Yield whom a part of a line names."""
    addresses = list(ADDRESS.finditer(part))
    ends = [0, *(address.end() for address in addresses)]
    names = [_name(part[end : address.start()]) for end, address in zip(ends, addresses, strict=False)]
    last = _name(part[ends[-1] :])
    if len(addresses) == 1 and not names[0]:
        names, last = [last], ""
    for name, address in zip(names, addresses, strict=True):
        yield Invitee(name, address[0].rstrip("."))
    if last:
        yield Invitee(last)


def _name(text: str) -> str:
    return " ".join(text.split()).strip(AROUND_NAMES)


def _fault_of(invitee: Invitee) -> str:
    """Return why somebody can't be invited, or ""."""
    if len(invitee.organization_name) > LONGEST_NAME:
        return _("this name is longer than %(most)d characters.") % {"most": LONGEST_NAME}
    _name_only, bracket, wrong = invitee.organization_name.partition("<")  # such as: Open Door <info>
    try:
        if invitee.address or bracket:
            validate_email(invitee.address or wrong)
    except ValidationError:
        return _("“%(words)s” is not an email address.") % {"words": invitee.address or wrong}
    return ""
