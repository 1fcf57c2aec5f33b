"""Review of submitted contributions: publish, accept, decline, request changes, assign. Filers may withdraw."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import default_task_backend, task

from publishing.models import Verb
from publishing.workflow import locked, log, require_permission

from ..checklists import checklist_of
from ..models import Attachment, Check, Contribution, Look, Note, Revision
from .drafts import delete_draft
from .file_numbers import number_files
from .moves import State, WrongStateError, move, require_note


def publish(contribution: Contribution, *, by: Any, seen: int | None = None) -> None:
    """Publish the newest revision of a contribution, in place of the one that was public, if any.

    `seen`, here and below, is the number of the revision that the reviewer has read. The functions raise
    WrongStateError if a newer one was submitted meanwhile, ValidationError if the revision is not ready, and
    PermissionDenied.
    """
    with transaction.atomic():
        current = locked(contribution)
        require_newest(current, seen)
        _require_ready(current, by, skip_checklist=by is None, is_for_publication=True)
        _publish_newest(current, by)
    contribution.refresh_from_db()


def _publish_newest(contribution: Contribution, by: Any) -> None:
    """Publish the newest revision of a contribution whose row is locked."""
    now = timezone.now()
    newest = contribution.newest
    move(
        contribution, Verb.PUBLISH, by=by, facts=_facts_of(contribution), shown=newest,
        published_at=contribution.published_at or now, publish_at=None, was_public=True,
    )  # fmt: skip
    number_files(newest)
    Revision.objects.filter(pk=newest.pk, shown_at=None).update(shown_at=now)


def accept(contribution: Contribution, *, by: Any, publish_at: datetime | None = None, seen: int | None = None) -> None:
    """Accept a contribution, to be published by hand later, or automatically at `publish_at`."""
    if publish_at is not None and publish_at <= timezone.now():
        raise ValidationError(_("That time has passed. Choose a later one, or publish now."))
    with transaction.atomic():
        current = locked(contribution)
        require_newest(current, seen)
        _require_ready(current, by, skip_checklist=by is None)
        at = publish_at.isoformat() if publish_at else None
        facts = {**_facts_of(current), "publish_at": at}
        move(current, Verb.ACCEPT, by=by, publish_at=publish_at, facts=facts)
        if publish_at and default_task_backend.supports_defer:  # otherwise a command for cron publishes it
            publish_when_due.using(run_after=publish_at).enqueue()
    contribution.refresh_from_db()


@task
def publish_when_due() -> None:
    """Publish contributions that are due.

    `accept` schedules this task. If a run is lost, the next one does its work.
    """
    publish_due()


def publish_due() -> int:
    """Publish every contribution that is due, and return how many. Those that are not ready stay accepted."""
    done = 0
    for contribution in Contribution.objects.due():
        with suppress(ValidationError), transaction.atomic():
            current = locked(contribution)
            # Check again with the row locked: a correction may have been submitted since.
            if Contribution.objects.due().filter(pk=current.pk).exists():
                _require_ready(current, None, is_for_publication=True)
                _publish_newest(current, None)
                done += 1
    return done


def unpublish(contribution: Contribution, *, by: Any) -> None:
    """Hide a published contribution and put it back into review. Raises ValidationError if it is not published."""
    with transaction.atomic():
        current = locked(contribution)
        if not current.is_published:
            raise ValidationError(_("This contribution is not published."))
        state = State.SUBMITTED if current.state == State.PUBLISHED else current.state
        move(current, Verb.UNPUBLISH, by=by, state=state, published_at=None, shown=None)
    contribution.refresh_from_db()


def request_changes(contribution: Contribution, *, by: Any, note: str, seen: int | None = None) -> None:
    """Return a contribution to its filer with a note that says what to change."""
    with transaction.atomic():
        current = locked(contribution)
        require_newest(current, seen)
        note, facts = require_note(current, note), _facts_of(current)
        move(current, Verb.REQUEST_CHANGES, by=by, note=note, facts=facts, publish_at=None)
    contribution.refresh_from_db()


def decline(contribution: Contribution, *, by: Any, note: str, seen: int | None = None) -> None:
    """Decline the newest revision with a note to its filer. If it is a correction, the public revision stays."""
    with transaction.atomic():
        current = locked(contribution)
        require_newest(current, seen)
        back = {"state": State.PUBLISHED, "newest": current.shown} if current.is_published else {}
        declined = current.newest
        note, facts = require_note(current, note), _facts_of(current)
        move(current, Verb.DECLINE, by=by, note=note, facts=facts, publish_at=None, **back)
        Revision.objects.filter(pk=declined.pk).update(declined_at=timezone.now())
    contribution.refresh_from_db()


def withdraw(contribution: Contribution, *, by: Any) -> None:
    """Withdraw a contribution permanently, and delete its draft with its files. Its reference is not used again."""
    with transaction.atomic():
        current = locked(contribution)
        hidden: dict[str, Any] = {"published_at": None, "shown": None, "publish_at": None}
        move(current, Verb.WITHDRAW, by=by, withdrawn_at=timezone.now(), **hidden)
        if draft := current.draft:
            delete_draft(draft)
    contribution.refresh_from_db()


@transaction.atomic
def assign(contribution: Contribution, *, by: Any, to: Any) -> None:
    """Assign a contribution to a reviewer, or to nobody if `to` is None."""
    require_permission(by, "change", contribution)
    current = locked(contribution)
    if current.assigned_to_id == (to and to.pk):
        return
    current.assigned_to = contribution.assigned_to = to
    current.save(update_fields=["assigned_to"])
    log(current, Verb.ASSIGN, by=by, facts={"to": to and to.pk})


@transaction.atomic
def add_note(contribution: Contribution, *, by: Any, text: str) -> Note:
    """Add a note for other staff, and return it. Raises ValidationError if the text is empty."""
    require_permission(by, "change", contribution)
    if not text.strip():
        raise ValidationError(_("Write the note first."))
    return Note.objects.create(contribution=contribution, author=by, text=text.strip())


@transaction.atomic
def look(contribution: Contribution, *, by: Any, file: Attachment | None = None) -> Look:
    """Record that a reviewer opened the newest revision of a contribution, or a file of it, and return the record.

    Raises PermissionDenied.
    """
    require_permission(by, "publish", contribution)
    made, _new = Look.objects.get_or_create(revision=contribution.newest, by=by)
    if file is not None:
        made.files.add(file)
    return made


@transaction.atomic
def set_checklist(contribution: Contribution, *, by: Any, points: Collection[str], seen: int | None = None) -> None:
    """Settle these points of the checklist (`Check.Point`) for the newest revision, and clear the others.

    Where the call wants a second reader, this is the checklist of `by` alone.
    """
    require_permission(by, "publish", contribution)
    current = locked(contribution)
    require_newest(current, seen)
    newest = current.newest
    checks = newest.checks.filter(by=by) if current.call.needs_second_reader else newest.checks.all()
    settled = set(checks.values_list("point", flat=True))
    checks.exclude(point__in=points).delete()
    for point in Check.Point:
        if point in points and point not in settled:
            Check.objects.create(revision=newest, point=point, by=by)
    if settled != set(points):
        log(current, Verb.CHECK, by=by, facts={**_facts_of(current), "points": sorted(points)})


def _facts_of(contribution: Contribution) -> dict[str, Any]:
    """Return the facts that the log keeps of a decision: the number of the revision.

    None for a draft, where no move starts.
    """
    return {"revision": contribution.newest and contribution.newest.number}


def require_newest(contribution: Contribution, seen: int | None) -> None:
    """Raise WrongStateError unless `seen` is the number of the newest revision. None is not checked."""
    if seen is not None and contribution.newest and contribution.newest.number != seen:
        raise WrongStateError(_("A newer revision has arrived. Read it first."))


def _require_ready(
    contribution: Contribution, by: Any, *, skip_checklist: bool = False, is_for_publication: bool = False
) -> None:
    """Raise ValidationError unless every file of the newest revision has a clean copy and its checklist is settled.

    For publication, a second person must have settled it where the call wants one.
    """
    if contribution.newest is None:
        return  # a draft, which the table of moves refuses
    attachments = contribution.newest.attachments.select_related("document__clean_copy")
    if any(attachment.document.copy is None for attachment in attachments):
        raise ValidationError(
            _("A file has no clean copy yet, and files are published only as clean copies: check its status.")
        )
    if skip_checklist:
        return
    checklist = checklist_of(contribution)
    if not checklist.is_settled:
        raise ValidationError(_("Tick each point of the checklist first."))
    if is_for_publication:
        checklist.require_complete(by)
