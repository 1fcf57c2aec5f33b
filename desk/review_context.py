"""The context of the review page: findings of the screening, and changes between revisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from contributions.models import Contribution, Decision, Revision
from contributions.screening.doubts import Doubt, doubts_of
from text.differences import compare


def screening_context(revision: Revision) -> dict[str, Any]:
    """Return the template context for what a reviewer should check before a revision is published.

    Each item has what its sender decided, which is empty if they have not, and None if there is no sender to decide.
    """
    doubts = doubts_of(revision)
    decided = dict(revision.decisions.values_list("key", "choice"))
    has_sender = revision.contribution.filer_id is not None
    items = [
        {
            "doubt": doubt,
            "finding": doubt.finding,
            "address": doubt.address or (f"#{doubt.anchor}" if doubt.anchor else ""),
            "decision": _words_of(doubt, decided.get(doubt.key, "")) if has_sender else None,
        }
        for doubt in doubts
    ]
    return {
        "findings": [item for item in items if item["finding"]],
        "other_doubts": [item for item in items if not item["finding"]],
        "more_findings": doubts.more,
        "most_read": doubts.most_read,
    }


def _words_of(doubt: Doubt, choice: str) -> str | Promise:
    """Return the words of the choice that a sender made about a doubt; empty if they made none."""
    return {Decision.Choice.STAYS.value: doubt.stays, Decision.Choice.CHANGES.value: doubt.changes}.get(choice, "")


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
        pgettext("a contribution", "Received"): (_day(old.received_on), _day(new.received_on)),
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
