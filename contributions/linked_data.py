"""Contributions as linked data, in the vocabulary of schema.org. Names are those of the byline."""

from typing import Any

from dialogues.heads import dialogue_reference
from dialogues.models import Dialogue
from documents.file_responses import media_type_of
from publishing.pages import address, day, media, organization, thing

from .models import Attachment, Byline, Contribution


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


def file_report(attachment: Attachment, contribution: Contribution, title: str) -> dict[str, Any]:
    """Return a file of a contribution as a `Report` with the names in the byline of the file."""
    document = attachment.document
    return thing(
        "Report",
        name=title,
        url=address(attachment),
        inLanguage=attachment.language,
        reportNumber=contribution.reference,
        datePublished=day(attachment.revision.shown_at),
        author=author(attachment.byline),
        encoding=media(media_type_of(document), attachment.get_download_url(), document.shown_size),
    )


def author(byline: Byline) -> dict[str, Any] | None:
    """Return the person with their organization, the organization alone, or None if no name is public."""
    body = organization(byline.organization)
    return thing("Person", name=byline.person, affiliation=body) if byline.person else body
