"""What a record needs before it can be published, and reasons to wait. Staff read these and decide."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contributions.screening import Kind
from contributions.screening.contacts import find_contacts
from dialogues.approvals import chair_approvals
from dialogues.models import Paper, Quote, Statement, Summary
from dialogues.paragraphs import join
from dialogues.summary_review import summary_warnings
from text.lists import joined

MOST_CONTACTS = 5  # that one warning lists


def what_is_missing(record: Any) -> str:
    """Return a sentence on what `record` needs before it can be published, or an empty one."""
    try:
        record.check_ready()
    except ValidationError as error:
        return error.messages[0]
    return ""


def reasons_to_wait(record: Any) -> Iterator[str | Promise]:
    """Yield a sentence for each thing to look at before `record` is published."""
    if isinstance(record, Summary):
        yield from _about_summary(record)
    elif isinstance(record, Quote) and (answer := record.answer) and answer.text != record.text:
        yield _("The speaker asked for other words than these.")
    elif isinstance(record, Paper | Statement) and record.document and record.document.fault:
        yield record.document.fault_sentence


def _about_summary(summary: Summary) -> Iterator[str | Promise]:
    if number := summary.dialogue.comments.open().count():
        yield ngettext(
            "%(number)d comment on this dialogue is open.", "%(number)d comments on this dialogue are open.", number
        ) % {"number": number}
    for chair in chair_approvals(summary):
        name = {"name": chair.appearance.speaker}
        if chair.approval is None:
            yield _("%(name)s has not approved this text.") % name
        elif not chair.is_current:
            yield _("The text was changed after %(name)s approved it.") % name
    text = join(summary.paragraphs.all())
    yield from summary_warnings(summary, text)
    if contacts := _contacts_in(text):
        listed = joined(f"“{contact}”" for contact in contacts[:MOST_CONTACTS])
        yield _("The text has phone numbers or email addresses: %(contacts)s.") % {
            "contacts": f"{listed} …" if contacts[MOST_CONTACTS:] else listed
        }


def _contacts_in(text: str) -> list[str]:
    """Return the phone numbers and email addresses in a text, in order, each once."""
    spots = (spot for spot in find_contacts(text) if spot.kind in (Kind.PHONE, Kind.EMAIL))
    return list(dict.fromkeys(text[spot.start : spot.end] for spot in sorted(spots, key=lambda spot: spot.start)))
