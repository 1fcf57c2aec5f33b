"""Everything that the public would read of a revision, and whether each text is in the language that it declares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from documents.file_text import page_place

from ..models import Attachment, Byline, Revision
from .language import likely_language
from .senders import single_names


@dataclass(frozen=True)
class Piece:
    """One text that would be published: where it is, its address on the portal if it has one, and the text.

    It is in a `field` of the filing form, or in a file, where `page` is its page if the file has fixed pages.
    `withheld` are the names of the sender that it should not contain.
    """

    place: str
    address: str
    text: str
    field: str = ""
    attachment: Attachment | None = None
    page: int | None = None
    withheld: Sequence[str] = ()


@dataclass(frozen=True)
class LanguageDoubt:
    """A text that is probably in another language than its sender said. `attachment` is its file, or None."""

    said: str
    looks_like: str
    attachment: Attachment | None = None


def pieces_of(revision: Revision, files: Sequence[Attachment] | None = None) -> Iterator[Piece]:
    """Yield everything that would be published of a revision, in the order in which readers meet it.

    `files` are those of `files_of`, if the caller has fetched them.
    """
    shown = revision.byline
    withheld = _withheld(revision, shown)
    yield Piece(_("Title"), "", revision.title, "title", withheld=withheld)
    yield Piece(_("Person, as it appears"), "", shown.person, "person_name")
    yield Piece(_("Organization, as it appears"), "", shown.organization, "organization_name")
    for signer in revision.signer_names if shown.organization else ():
        yield Piece(_("Signers"), "", signer, "signers")
    organization = revision.contribution.organization
    if organization and shown.organization:
        yield Piece(_("Organization on record"), "", organization.name)
        yield Piece(_("Organization on record"), "", organization.acronym)
    for answer in revision.answers.all():
        place = _("Answer %(number)d") % {"number": answer.number}
        yield Piece(place, "", answer.text, f"answer_{answer.number}", withheld=withheld)
    yield Piece(_("Text"), "", revision.text, "text", withheld=withheld)
    for attachment in files_of(revision) if files is None else files:
        withheld = _withheld(revision, attachment.byline)
        for page in attachment.document.pages.all():
            is_paged = attachment.document.page_count is not None
            words = _("File %(file)d, page %(page)d") if is_paged else _("File %(file)d")
            place = words % {"file": attachment.number, "page": page.number}
            address = attachment.get_absolute_url() + (page_place(page.number) if is_paged else "")
            number = page.number if is_paged else None
            yield Piece(place, address, page.text, attachment=attachment, page=number, withheld=withheld)


def _withheld(revision: Revision, shown: Byline) -> list[str]:
    """Return the names of the sender that a byline does not show, each word of a person's name alone among them."""
    names = []
    if not shown.person:
        names += [revision.person_name, *single_names(revision.person_name)]
    if not shown.organization:
        names += [revision.organization_name, *revision.signer_names]
        if organization := revision.contribution.organization:
            names += [organization.name, organization.acronym]
    return [name for name in names if name.strip()]


def language_doubts(revision: Revision, files: Sequence[Attachment] | None = None) -> list[LanguageDoubt]:
    """Return the texts of a revision that are probably in another language than declared: what was typed, each file.

    A file that has not been read yet has no text, and so raises no doubt. `files` are as in `pieces_of`.
    """
    typed = "\n".join([revision.text, *(answer.text for answer in revision.answers.all())])
    doubts = [_doubt(typed, revision.language)]
    for attachment in files_of(revision) if files is None else files:
        text = "\n".join(page.text for page in attachment.document.pages.all())
        doubts.append(_doubt(text, attachment.language, attachment))
    return [doubt for doubt in doubts if doubt]


def _doubt(text: str, language: str, attachment: Attachment | None = None) -> LanguageDoubt | None:
    """Return the doubt about one text, or None if there is none."""
    names = dict(settings.CONTENT_LANGUAGES)
    other = likely_language(text, language)
    return LanguageDoubt(names[language], names[other], attachment) if other in names else None


def files_of(revision: Revision) -> list[Attachment]:
    """Return the files of a revision with their documents, clean copies and text."""
    files = revision.files()
    prefetch_related_objects(files, "document__pages")
    return files
