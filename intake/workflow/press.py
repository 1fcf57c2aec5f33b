"""Create the records of a press release that staff accept, as drafts.

Everything is read, matched and validated before the transaction begins, and then written in bulk, so that other writers
wait only for milliseconds. If somebody else wrote to the same tables in between, everything is prepared again.
"""

import time
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max, Model, ProtectedError
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.models import User
from dialogues.models import Appearance, Dialogue, NewsItem, Organization, Quote, Speaker, Topic
from publishing import workflow
from publishing.models import Publishable, Verb
from publishing.page_sources import is_shown, note_change
from publishing.workflow.deletion import rows_deleted_with
from search.signal_processor import queue_bulk

from ..existing_records import ExistingRecords
from .press_entries import PressRelease, RowKey, RowsRefusedError
from .press_plan import Plan, existing_appearance, existing_dialogue, existing_quote

WRITTEN = (Organization, Topic, Dialogue, NewsItem, Speaker, Appearance, Quote)  # each after those that it refers to
PAUSE = 0.003  # seconds between transactions; without a pause, other writers would not get a turn
MOST_TRIES = 5  # while others write to the same tables


class _ChangedMeanwhileError(Exception):
    """Somebody else wrote to the same tables while a plan was made."""


def accept(release: PressRelease, chosen: set[RowKey], *, by: User, and_publish: bool = False) -> list[Model]:
    """Create the chosen records, and those that they need, unless they exist; return the new records.

    A quote needs the appearance of its speaker, an appearance needs its dialogue. Raise RowsRefusedError if rows
    are invalid, or PermissionDenied; nothing is saved then. `and_publish` publishes them after that, one by one.
    """
    for _number in range(MOST_TRIES):
        newest = _newest()
        plan = Plan(release, chosen, by)
        if and_publish:
            for record in plan.publishable:
                workflow.require_permission(by, "publish", record)
        try:
            _write(plan, newest)
        except (_ChangedMeanwhileError, IntegrityError):
            continue
        if and_publish:
            _publish(plan, by)
        return plan.created
    raise RowsRefusedError({("news", 0): _("Others are changing the same records just now: please accept again.")})


@transaction.atomic
def take_back(records: Sequence[Model], *, by: User) -> None:
    """Delete the records that accepting a release created, the last one first; each deletion can be undone.

    Raise ValidationError if something else belongs to one of them by now; nothing is deleted then.
    """
    ours = {(type(record), record.pk) for record in records}
    for record in reversed(records):
        if isinstance(record, Publishable) and record.is_published:
            workflow.unpublish(record, by=by)
        if _has_more(record, ours):
            raise ValidationError(_("“%s” is in use now: delete what is wrong one by one.") % record)
        workflow.delete(record, by=by)


def _has_more(record: Model, ours: set[tuple[type[Model], Any]]) -> bool:
    """Return whether something that is not ours belongs to a record or refers to it."""
    try:
        rows, _links = rows_deleted_with(record)
    except ProtectedError:
        return True
    return any((type(row), row.pk) not in ours for row in rows if not row._meta.auto_created)


def _publish(plan: Plan, by: User) -> None:
    """Publish each record in a transaction of its own, and let other writers in before each."""
    for record in plan.publishable:
        time.sleep(PAUSE)
        workflow.publish(record, by=by)


def _newest() -> dict[type[Model], Any]:
    """Return the highest pk of each table, which shows whether rows were added since."""
    return {model: model._default_manager.aggregate(newest=Max("pk"))["newest"] for model in WRITTEN}


@transaction.atomic
def _write(plan: Plan, newest: dict[type[Model], Any]) -> None:
    """Write what was planned, unless rows were added since. Bulk writes send no signals, so do what receivers would."""
    if _newest() != newest:
        raise _ChangedMeanwhileError
    for model in WRITTEN:
        rows = [one for one in plan.created if isinstance(one, model)]
        if rows:
            bulk_create_with_history(rows, model)
            _announce(model, [one.pk for one in rows], are_new=True)
    if plan.news_item:
        plan.news_item.dialogues.add(*plan.dialogues.values())
    if plan.linked:
        for quote in plan.linked:
            quote.news_item = plan.news_item
        bulk_update_with_history(plan.linked, Quote, ["news_item"])
        _announce(Quote, [one.pk for one in plan.linked], are_new=False)
    for dialogue, topic in plan.topics:
        dialogue.topics.add(topic)
    workflow.log_each(plan.created, Verb.IMPORT, by=plan.by)


def _announce(model: type[Model], pks: Iterable[int], *, are_new: bool) -> None:
    """Tell the search index and the kept pages of rows that were written in bulk."""
    some = list(pks)
    queue_bulk(model, some, are_new=are_new)
    if is_shown(model, some):
        note_change()


def find_existing(release: PressRelease) -> dict[RowKey, Model]:
    """Return the records that exist already, by the row that describes them."""
    existing = ExistingRecords()
    dialogues: dict[int | None, Dialogue | None] = {
        number: existing_dialogue(existing, meeting) for number, meeting in enumerate(release.meetings)
    }
    found: dict[RowKey, Model | None] = {
        ("meetings", number): dialogues[number] for number in range(len(release.meetings))
    }
    for number, person in enumerate(release.people):
        found["people", number] = existing_appearance(existing, person, dialogues.get(person.meeting))
    for number, quote in enumerate(release.quotes):
        found["quotes", number] = existing_quote(existing, quote, dialogues.get(quote.meeting))
    for number, topic in enumerate(release.topics):
        found["topics", number] = existing.topic(topic.name)
    found["news", 0] = existing.news_item(release.title, release.issued_on)
    return {key: record for key, record in found.items() if record}
