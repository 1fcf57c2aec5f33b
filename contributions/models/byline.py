"""The byline: the only place that decides which names of a contribution or a file are public.

A joint signer is named with the revisions whose words and files it confirmed, and with no other. So a correction never
puts words under the name of somebody who has not read them: until it confirms the correction, it is not named there,
and the earlier revision, while that is public, still names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

from text.lists import joined


class AppearAs(models.TextChoices):
    """How a sender appears, from the least private to the most private."""

    NAMED = "named", _("With the name of the person and the organization")
    ORGANIZATION = "organization", _("With the name of the organization only")
    ANONYMOUS = "anonymous", _("Without any name")


BY_PRIVACY = list(AppearAs)


def most_private(*choices: str) -> str:
    """Return the most private of these `AppearAs` values. Empty values are ignored, but one must not be empty."""
    return max(filter(None, choices), key=lambda choice: BY_PRIVACY.index(AppearAs(choice)))


@dataclass(frozen=True)
class Byline:
    """The names that the public may read. Each is empty if it is withheld."""

    person: str = ""
    organization: str = ""
    signers: tuple[str, ...] = ()

    def __str__(self) -> str:
        return joined([self.person, self.organization])


class Named(Protocol):
    """The fields of a revision from which its byline is made."""

    person_name: str
    organization_name: str

    @property
    def public_signers(self) -> list[str]: ...


def byline(revision: Named, appear_as: str) -> Byline:
    """Return the names that a revision shows for an `AppearAs` value. Joint signers appear with what they confirmed."""
    if appear_as == AppearAs.ANONYMOUS:
        return Byline()
    person = revision.person_name if appear_as == AppearAs.NAMED else ""
    return Byline(person, revision.organization_name, tuple(revision.public_signers))


def shown_organization(organization_name: str, appear_as: str) -> str:
    """Return the organization in the byline of a revision with this name and `AppearAs` value; empty if withheld."""
    return byline(
        SimpleNamespace(organization_name=organization_name, person_name="", public_signers=[]), appear_as
    ).organization


def shows_organization(path: str) -> models.Q:
    """Return a condition: the byline of the revision at `path` shows an organization."""
    return ~models.Q(**{f"{path}__organization_name": ""}) & ~models.Q(**{f"{path}__appear_as": AppearAs.ANONYMOUS})
