"""What the public may know of who is behind a contribution or a file. Every way out asks this, none decides itself."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class AppearAs(models.TextChoices):
    """How a sender appears, from the most open to the most closed."""

    NAMED = "named", _("With the name of the person and the organization")
    ORGANIZATION = "organization", _("With the name of the organization only")
    ANONYMOUS = "anonymous", _("Without any name")


OPEN_TO_CLOSED = list(AppearAs)


def more_closed(*choices):
    """The most closed of these choices; an empty one means that nothing was chosen."""
    return max(filter(None, choices), key=OPEN_TO_CLOSED.index)


@dataclass(frozen=True)
class Byline:
    """The names that are shown; each is empty where it is not for the public."""

    person: str = ""
    organization: str = ""
    signers: tuple = ()

    def __str__(self):
        return ", ".join(filter(None, [self.person, self.organization]))


def byline(revision, appear_as):
    """The names that a revision shows when it appears that way; signers stand with the organization."""
    if appear_as == AppearAs.ANONYMOUS:
        return Byline()
    person = revision.person_name if appear_as == AppearAs.NAMED else ""
    return Byline(person, revision.organization_name, tuple(revision.signer_names))
