"""Everything that the public would read of a revision, and whether each text is in the language that it declares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from documents.file_text import page_place

from ..models import Attachment, Revision
from .language import likely_language


@dataclass(frozen=True)
class Piece:
    """One text that would be published: where it is, its address on the portal if it has one, and the text."""

    place: str
    address: str
    text: str


@dataclass(frozen=True)
class LanguageDoubt:
    """A text that is probably in another language than its sender said. `attachment` is its file, or None."""

    said: str
    looks_like: str
    attachment: Attachment | None = None


def pieces_of(revision: Revision) -> Iterator[Piece]:
    """Yield everything that would be published of a revision, in the order in which readers meet it."""
    yield Piece(_("Title"), "", revision.title)
    shown = revision.byline
    yield Piece(_("Person, as it appears"), "", shown.person)
    yield Piece(_("Organization, as it appears"), "", shown.organization)
    for signer in shown.signers:
        yield Piece(_("Signers"), "", signer)
    organization = revision.contribution.organization
    if organization and shown.organization:
        yield Piece(_("Organization on record"), "", organization.name)
        yield Piece(_("Organization on record"), "", organization.acronym)
    for answer in revision.answers.all():
        yield Piece(_("Answer %(number)d") % {"number": answer.number}, "", answer.text)
    yield Piece(_("Text"), "", revision.text)
    for attachment in _files_of(revision):
        for page in attachment.document.pages.all():
            words = {"file": attachment.number, "page": page.number}
            is_paged = attachment.document.page_count is not None
            address = attachment.get_absolute_url() + (page_place(page.number) if is_paged else "")
            yield Piece(_("File %(file)d, page %(page)d") % words, address, page.text)


def language_doubts(revision: Revision) -> list[LanguageDoubt]:
    """Return the texts of a revision that are probably in another language than declared: what was typed, each file.

    A file that has not been read yet has no text, and so raises no doubt.
    """
    typed = "\n".join([revision.text, *(answer.text for answer in revision.answers.all())])
    doubts = [_doubt(typed, revision.language)]
    for attachment in _files_of(revision):
        text = "\n".join(page.text for page in attachment.document.pages.all())
        doubts.append(_doubt(text, attachment.language, attachment))
    return [doubt for doubt in doubts if doubt]


def _doubt(text: str, language: str, attachment: Attachment | None = None) -> LanguageDoubt | None:
    """Return the doubt about one text, or None if there is none."""
    names = dict(settings.CONTENT_LANGUAGES)
    other = likely_language(text, language)
    return LanguageDoubt(names[language], names[other], attachment) if other in names else None


def _files_of(revision: Revision) -> Iterator[Attachment]:
    """Yield the files of a revision with their documents."""
    for attachment in revision.attachments.select_related("document").prefetch_related("document__pages"):
        attachment.revision = revision
        yield attachment
