"""The context of the review page: findings of the screening, and changes between revisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contributions.models import Contribution, Revision
from contributions.screening import Piece, find_personal_data, language_doubts, pieces_of
from dialogues.models import Speaker
from text.differences import compare

MAX_SCREENED = 500_000  # characters that are screened while a reviewer waits


def _first(most: int, pieces: Iterable[Piece]) -> Iterator[tuple[str, str]]:
    """Yield the place and the text of the pieces, up to a number of characters of all texts together."""
    for piece in pieces:
        yield piece.place, piece.text[:most]
        most = max(0, most - len(piece.text))


def screening_context(revision: Revision) -> dict[str, Any]:
    """Return the template context for what a reviewer should check before a revision is published."""
    pieces = list(pieces_of(revision))
    addresses = {piece.place: piece.address for piece in pieces}
    # Of the sender's own names, only public ones are known. Withheld names must not be in the text.
    shown = revision.byline
    known = [*Speaker.objects.published().values_list("name", flat=True), shown.organization, shown.person]
    known += shown.signers
    found = find_personal_data(_first(MAX_SCREENED, pieces), known=filter(None, known))
    return {
        "findings": [{"finding": finding, "address": addresses[finding.place]} for finding in found],
        "more_findings": found.more,
        "most_read": MAX_SCREENED if sum(len(piece.text) for piece in pieces) > MAX_SCREENED else None,
        "language_doubts": language_doubts(revision),
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
        _("Received"): (_day(old.received_on), _day(new.received_on)),
        **_answers(old, new),
        _("Text"): (old.text, new.text),
        _("Files"): (_file_list(old), _file_list(new)),
    }
    for label, (before, after) in texts.items():
        if before != after or label == _("Text"):
            yield label, compare(before, after)


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


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
