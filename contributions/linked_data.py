"""Contributions as linked data, in the vocabulary of schema.org. Names are those of the byline."""

from typing import Any

from dialogues.heads import dialogue_reference
from dialogues.models import Dialogue
from publishing.linked_data import address, day, organization, thing

from .models import Byline, Contribution


def report(contribution: Contribution, dialogue: Dialogue | None) -> dict[str, Any]:
    """Return a contribution as a `Report`. It has no author if its sender withholds their name.

    `dialogue` is the one it was submitted to, or None if the reader may not know its name.
    """
    revision = contribution.content
    return thing(
        "Report",
        name=revision.title,
        url=address(contribution),
        inLanguage=revision.language,
        reportNumber=contribution.reference,
        datePublished=day(contribution.published_at),
        author=author(revision.byline),
        about=dialogue and dialogue_reference(dialogue),
    )


def author(byline: Byline) -> dict[str, Any] | None:
    """Return the person with their organization, the organization alone, or None if no name is public."""
    body = organization(byline.organization)
    return thing("Person", name=byline.person, affiliation=body) if byline.person else body
