"""The overview of a dialogue: what is there, what is expected, what is missing, and the next step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contributions.models import Call, Contribution
from dialogues.models import Dialogue, ExpectedDocument
from dialogues.status import stage_of
from text.lists import joined

from .dialogue_records import DialogueRecords
from .kinds import desk_page, key_of
from .workspace import part_page

State = Contribution.State


@dataclass(frozen=True)
class Row:
    """One row of the overview: what it is about, its state for the style sheet, the state in words, and its page.

    The states are done, draft, waiting (someone has to act), missing, and later.
    """

    what: str | Promise
    state: str
    words: str | Promise
    address: str


@dataclass(frozen=True)
class Step:
    """The next step for a dialogue: a sentence that says why, a label for its button, and the address."""

    sentence: str | Promise
    label: str | Promise
    address: str


def publish_page(*records: Any) -> str:
    """Return the address on which these records are published, after a look at what that shows."""
    return reverse("desk:publish", query={"record": [key_of(record) for record in records]})


def overview(dialogue: Dialogue, user: Any) -> list[Row]:
    """Return the rows of the overview of a dialogue for `user`."""
    records = DialogueRecords(dialogue, user)
    found: list[Row | None] = [_dialogue_row(dialogue), _programme_row(dialogue), *_summary_rows(records)]
    found += _expected_rows(records)
    if user.has_perm("contributions.view_contribution"):
        found += _contribution_rows(records)
    found += [*_counted_rows(records), _comments_row(records)]
    return [row for row in found if row is not None]


def next_step(dialogue: Dialogue, user: Any) -> Step | None:
    """Return the next thing that `user` can do for a dialogue, or None if nothing is left to do now."""
    return next((step for step in _steps(dialogue, user) if step is not None), None)


def _dialogue_row(dialogue: Dialogue) -> Row:
    address = part_page("details", dialogue)
    what = _("Announcement")
    if dialogue.is_published:
        return Row(what, "done", _("Published"), address)
    return Row(what, "draft", _("Draft"), address)


def _programme_row(dialogue: Dialogue) -> Row:
    panels, people = dialogue.panels.count(), dialogue.appearances.values("speaker").distinct().count()
    address, what = part_page("programme", dialogue), _("Panels and people")
    if not panels and not people:
        return Row(what, "missing", _("Nothing yet"), address)
    words = [ngettext("%(number)d panel", "%(number)d panels", panels) % {"number": panels}] if panels else []
    words += [ngettext("%(number)d person", "%(number)d people", people) % {"number": people}] if people else []
    return Row(what, "done", joined(words), address)


def _summary_rows(records: DialogueRecords) -> Iterator[Row]:
    for summary in records.summaries.current():
        what = _("Summary, %(language)s") % {"language": summary.get_language_display()}
        words: str | Promise
        state, words = ("done", _("Published")) if summary.is_published else ("draft", _("Draft"))
        if summary.version > 1:
            words = _("Version %(version)d: %(state)s") % {"version": summary.version, "state": words}
        yield Row(what, state, words, desk_page(summary))


def _expected_rows(records: DialogueRecords) -> Iterator[Row]:
    """Yield the expected documents that are not there, not even as a draft that the user may see."""
    dialogue = records.dialogue
    there = {("summary", summary.language) for summary in records.summaries}
    there |= {(paper.kind, paper.language) for paper in records.papers}
    kinds = {kind for kind, _language in there}
    for document in dialogue.expected.exclude(kind="contributions"):
        if (document.kind, document.language) in there or (not document.language and document.kind in kinds):
            continue
        words = _expected_words(document)
        due = document.expected_on or dialogue.last_day
        is_due = due is not None and due < timezone.localdate()
        part = "summary" if document.kind == "summary" else "documents"
        what = joined([document.get_kind_display(), document.get_language_display()])
        yield Row(what, "missing" if is_due else "later", words, part_page(part, dialogue))


def _expected_words(document: ExpectedDocument) -> str | Promise:
    if document.expected_on:
        return _("Expected on %(day)s") % {"day": date_format(document.expected_on, "DATE_FORMAT")}
    return _("Expected")


def _contribution_rows(records: DialogueRecords) -> Iterator[Row]:
    address = part_page("contributions", records.dialogue)
    for call in records.calls:
        yield Row(call.title, *_call_state(call), desk_page(call))
    counts = dict(records.contributions.order_by().values_list("state").annotate(number=Count("pk")))
    if waiting := counts.get(State.SUBMITTED, 0):
        yield Row(_("Contributions to review"), "waiting", str(waiting), address)
    if published := counts.get(State.PUBLISHED, 0):
        yield Row(_("Contributions published"), "done", str(published), address)


def _call_state(call: Call) -> tuple[str, str | Promise]:
    if not call.is_published:
        return "draft", _("Draft")
    day = {"day": date_format(timezone.localtime(call.closes_at), "SHORT_DATETIME_FORMAT")}
    if call.has_closed:
        return "done", _("Closed on %(day)s") % day
    if call.is_open:
        return "waiting", _("Open until %(day)s") % day
    return "later", _("Opens on %(day)s") % {"day": date_format(timezone.localtime(call.opens_at), "DATE_FORMAT")}


def _counted_rows(records: DialogueRecords) -> Iterator[Row]:
    """Yield the quotes, the statements and the photographs, each with how many there are, if there are any."""
    quotes, statements, photographs = (
        (some.count(), some.filter(published_at=None).count())
        for some in (records.quotes, records.statements, records.photographs)
    )
    counted = [
        (_("Quotes"), "quotes", quotes, ngettext("%(number)d quote", "%(number)d quotes", quotes[0])),
        (
            _("Statements"),
            "quotes",
            statements,
            ngettext("%(number)d statement", "%(number)d statements", statements[0]),
        ),
        (
            _("Photographs"),
            "documents",
            photographs,
            ngettext("%(number)d photograph", "%(number)d photographs", photographs[0]),
        ),
    ]
    for what, part, (total, drafts), words in counted:
        if total:
            sentence = words % {"number": total}
            if drafts:
                of_drafts = ngettext("%(number)d draft", "%(number)d drafts", drafts) % {"number": drafts}
                sentence = joined([sentence, of_drafts])
            yield Row(what, "draft" if drafts else "done", sentence, part_page(part, records.dialogue))


def _comments_row(records: DialogueRecords) -> Row | None:
    if not (number := records.comments.open().count()):
        return None
    words = ngettext("%(number)d open", "%(number)d open", number) % {"number": number}
    return Row(_("Comments"), "waiting", words, part_page("comments", records.dialogue))


def _steps(dialogue: Dialogue, user: Any) -> Iterator[Step | None]:
    records, may_publish = DialogueRecords(dialogue, user), user.has_perm("dialogues.publish_dialogue")
    if not dialogue.is_published and may_publish:
        if dialogue.starts_on is None and not dialogue.date_note:
            yield Step(_("It has no date yet."), _("Enter the date"), part_page("details", dialogue))
        yield Step(_("The dialogue is a draft."), _("Publish the dialogue"), publish_page(dialogue))
    if records.comments.open().exists():
        yield Step(_("Comments are awaiting an answer."), _("Read the comments"), part_page("comments", dialogue))
    if user.has_perm("contributions.publish_contribution"):
        to_review = Contribution.objects.to_review_by(user).filter(call__dialogue=dialogue)
        if first := to_review.first():
            yield Step(_("Contributions are awaiting a decision."), _("Review contributions"), desk_page(first))
    if user.has_perm("dialogues.publish_summary"):
        yield from _summary_steps(records)
    if may_publish and any(
        one.filter(published_at=None).exists()
        for one in (records.quotes, records.papers, records.statements, records.photographs)
    ):
        yield Step(_("Some records are drafts."), _("See the drafts"), part_page("publication", dialogue))
    if user.has_perm("dialogues.change_panel") and not dialogue.panels.exists():
        yield Step(_("The programme is empty."), _("Enter the programme"), part_page("programme", dialogue))


def _summary_steps(records: DialogueRecords) -> Iterator[Step | None]:
    dialogue = records.dialogue
    stage = stage_of(dialogue)
    has_ended = stage.name in ("held", "summary-awaited", "concluded")
    if draft := records.summaries.filter(published_at=None).first():
        yield Step(_("A summary is a draft."), _("Continue with the summary"), desk_page(draft))
    elif has_ended and not records.summaries.exists():
        address = reverse("desk:add", args=["summary"], query={"dialogue": dialogue.pk})
        yield Step(_("The dialogue took place; its summary is missing."), _("Add the summary"), address)
