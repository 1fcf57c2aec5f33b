"""The context of the review page: findings of the screening, and changes between revisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from contributions.models import Contribution, Revision
from contributions.screening import find_personal_data, likely_language
from dialogues.models import Speaker
from documents.file_text import page_place
from text.differences import compare

MAX_SCREENED = 500_000  # characters that are screened while a reviewer waits

Piece = tuple[str, str, str]  # a place, its address and its text


def _first(most: int, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the first `most` characters of the pieces."""
    for place, address, text in pieces:
        yield place, address, text[:most]
        most = max(0, most - len(text))


def _pieces_of(revision: Revision) -> Iterator[Piece]:
    """Yield everything that would be published of a revision."""
    yield _("Title"), "", revision.title
    shown = revision.byline
    yield _("How it appears"), "", "\n".join([shown.person, shown.organization, *shown.signers])
    for answer in revision.answers.all():
        yield _("Answer %(number)d") % {"number": answer.number}, "", answer.text
    yield _("Text"), "", revision.text
    for attachment in revision.attachments.select_related("document"):
        attachment.revision = revision
        for page in attachment.document.pages.all():
            words = {"file": attachment.number, "page": page.number}
            is_paged = attachment.document.page_count is not None
            address = attachment.get_absolute_url() + (page_place(page.number) if is_paged else "")
            yield _("File %(file)d, page %(page)d") % words, address, page.text


def screening_context(revision: Revision) -> dict[str, Any]:
    """Return the template context for what a reviewer should check before a revision is published."""
    pieces = list(_pieces_of(revision))
    addresses = {place: address for place, address, _text in pieces}
    # Of the sender's own names, only public ones are known. Withheld names must not be in the text.
    shown = revision.byline
    known = [*Speaker.objects.published().values_list("name", flat=True), shown.organization, shown.person]
    known += shown.signers
    texts = [(place, text) for place, _address, text in _first(MAX_SCREENED, pieces)]
    found = find_personal_data(texts, known=filter(None, known))
    words = "\n".join([revision.text, *(answer.text for answer in revision.answers.all())])
    return {
        "findings": [{"finding": finding, "address": addresses[finding.place]} for finding in found],
        "more_findings": found.more,
        "most_read": MAX_SCREENED if sum(len(text) for _place, _address, text in pieces) > MAX_SCREENED else None,
        "looks_like": dict(settings.CONTENT_LANGUAGES).get(likely_language(words, revision.language) or ""),
    }


def comparison_context(contribution: Contribution, query: Mapping[str, str]) -> dict[str, Any]:
    """Return two submitted revisions, field by field: those that `query` names, by default the last two."""
    sent = list(contribution.revisions.sent())
    by_number = {str(revision.number): revision for revision in sent}
    new = by_number.get(query.get("new", "")) or sent[-1]
    old = by_number.get(query.get("old", "")) or max(
        (revision for revision in sent if revision.number < new.number), key=lambda one: one.number, default=new
    )
    return {"revisions": sent, "old": old, "new": new, "parts": list(_differences(old, new))}


def _differences(old: Revision, new: Revision) -> Iterator[tuple[str, Any]]:
    """Yield a label and pairs of paragraphs for each field that differs, and always for the text."""
    texts = {
        _("Organization"): (old.organization_name, new.organization_name),
        _("Name"): (old.person_name, new.person_name),
        _("Signers"): (old.signers, new.signers),
        _("How it appears"): (old.get_appear_as_display(), new.get_appear_as_display()),
        _("Title"): (old.title, new.title),
        _("Language"): (old.get_language_display(), new.get_language_display()),
        **_answers(old, new),
        _("Text"): (old.text, new.text),
        _("Files"): (_file_list(old), _file_list(new)),
    }
    for label, (before, after) in texts.items():
        if before != after or label == _("Text"):
            yield label, compare(before, after)


def _answers(old: Revision, new: Revision) -> dict[str, tuple[str, str]]:
    given = [{answer.number: answer.text for answer in revision.answers.all()} for revision in (old, new)]
    numbers = sorted({number for texts in given for number in texts})
    return {
        _("Answer %(number)d") % {"number": number}: (given[0].get(number, ""), given[1].get(number, ""))
        for number in numbers
    }


def _file_list(revision: Revision) -> str:
    """Return the files of a revision, one in each paragraph, with the details that distinguish them."""
    return "\n\n".join(
        f"{attachment.number}. {attachment.document.get_kind_display()}, {attachment.get_language_display()}, "
        f"{attachment.document.sha256[:12]} {attachment.get_appear_as_display()}".strip()
        for attachment in revision.attachments.select_related("document")
    )
