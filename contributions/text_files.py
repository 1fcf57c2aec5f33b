"""Contributions as text files, for researchers who work on many of them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from dialogues.citations import permanent_url

from .citations import contribution_citation
from .models import Attachment, Contribution

RULE = "=" * 72


def text_file(contribution: Contribution) -> str:
    """Return what the public reads of a contribution: its citation, text and answers, and the text of its files.

    All words are as they were sent. Only public contributions may be passed.
    """
    return "\n".join(_parts(contribution)).replace("\r\n", "\n").replace("\r", "\n")


def _parts(contribution: Contribution) -> Iterator[str]:
    revision = contribution.shown
    yield contribution_citation(contribution).line
    yield _headed(revision.title, revision.text)
    for answer in revision.answers.all():
        if answer.text.strip():
            yield _headed(answer.question, answer.text)
    revision.contribution = contribution  # for the addresses of its files
    for attachment in revision.attachments.all():
        attachment.revision = revision
        yield _headed(_name_of(attachment), *(page.text for page in attachment.document.pages.all()))


def _headed(heading: str, *texts: str) -> str:
    """Return texts below a heading that stands out from them."""
    return "\n".join(["", RULE, heading.strip(), RULE, "", *(f"{text.strip()}\n" for text in texts if text.strip())])


def _name_of(attachment: Attachment) -> str:
    name = _("File %(number)d: %(kind)s, %(language)s") % {
        "number": attachment.number,
        "kind": attachment.document.get_kind_display(),
        "language": attachment.get_language_display(),
    }
    return f"{name}\n{permanent_url(attachment)}"
