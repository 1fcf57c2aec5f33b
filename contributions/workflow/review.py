"""What reviewers do with what was sent; its filer may withdraw it."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import default_task_backend, task

from contributions.models import Check, Contribution, Note, Revision
from publishing.models import Verb
from publishing.workflow import locked, log, require_permission

from .filing import remove
from .moves import State, WrongStateError, demand_note, move


def publish(contribution, *, by, seen=None):
    """Open the newest revision of a contribution to everyone, in place of the one that was shown, if any.

    `seen`, here and below, is the number of the revision that a reviewer has read: a verb raises WrongStateError where
    a newer one came meanwhile.
    """
    with transaction.atomic():
        current = locked(contribution)
        demand_seen(current, seen)
        demand_ready(current, is_checked=by is None)
        show(current, by)
    contribution.refresh_from_db()


def show(contribution, by):
    """Let the public read the newest revision of a contribution whose row is locked."""
    now = timezone.now()
    move(
        contribution, "publish", by=by, facts=about(contribution), shown=contribution.newest,
        published_at=contribution.published_at or now, publish_at=None, was_public=True,
    )  # fmt: skip
    Revision.objects.filter(pk=contribution.newest_id, shown_at=None).update(shown_at=now)


def accept(contribution, *, by, publish_at=None, seen=None):
    """Find a contribution fit to be published, by hand later or by itself at `publish_at`."""
    if publish_at is not None and publish_at <= timezone.now():
        raise ValidationError(_("That moment has passed: choose one to come, or publish now."))
    with transaction.atomic():
        current = locked(contribution)
        demand_seen(current, seen)
        demand_ready(current, is_checked=by is None)
        at = publish_at.isoformat() if publish_at else None
        move(current, "accept", by=by, publish_at=publish_at, facts={**about(current), "publish_at": at})
        if publish_at and default_task_backend.supports_defer:  # else `manage.py tend` sees to it
            publish_when_due.using(run_after=publish_at).enqueue()
    contribution.refresh_from_db()


@task
def publish_when_due():
    """What `accept` asks for at its moment; a run that was lost is made up for by the next, or by `manage.py tend`."""
    publish_due()


def publish_due():
    """Publish what was to be published by now; return how many. What can't be is left as it is, for a reviewer."""
    done = 0
    for contribution in Contribution.objects.due():
        with suppress(ValidationError), transaction.atomic():
            current = locked(contribution)
            # Asked again of the locked row: a correction that nobody has read may have come since, or a doubt.
            if Contribution.objects.due().filter(pk=current.pk).exists():
                demand_ready(current)
                show(current, None)
                done += 1
    return done


def unpublish(contribution, *, by):
    """Take a published contribution back into review."""
    with transaction.atomic():
        current = locked(contribution)
        if not current.is_published:
            raise ValidationError(_("This contribution is not published."))
        state = State.SUBMITTED if current.state == State.PUBLISHED else current.state
        move(current, "unpublish", by=by, state=state, published_at=None, shown=None)
    contribution.refresh_from_db()


def request_changes(contribution, *, by, note, seen=None):
    """Hand a sent contribution back to its filer, with a message that says what to change."""
    with transaction.atomic():
        current = locked(contribution)
        demand_seen(current, seen)
        facts = about(current)
        move(current, "request_changes", by=by, note=demand_note(note), facts=facts, publish_at=None)
    contribution.refresh_from_db()


def decline(contribution, *, by, note, seen=None):
    """Refuse what was sent, for a reason that its filer is told; a correction's refusal leaves what is published."""
    with transaction.atomic():
        current = locked(contribution)
        demand_seen(current, seen)
        back = {"state": State.PUBLISHED, "newest": current.shown} if current.is_published else {}
        declined = current.newest_id
        move(current, "decline", by=by, note=demand_note(note), facts=about(current), publish_at=None, **back)
        Revision.objects.filter(pk=declined).update(declined_at=timezone.now())
    contribution.refresh_from_db()


def withdraw(contribution, *, by):
    """Take a sent or published contribution away for good; its number is not given again.

    What its filer was writing to replace it goes with it, files included.
    """
    with transaction.atomic():
        current = locked(contribution)
        move(
            current, "withdraw", by=by, published_at=None, shown=None, publish_at=None, withdrawn_at=timezone.now()
        )  # fmt: skip
        if revision := current.being_written:
            for attachment in revision.attachments.select_related("document"):
                remove(attachment)
            revision.delete()
    contribution.refresh_from_db()


@transaction.atomic
def assign(contribution, *, by, to):
    """Say who reviews a contribution; `to` is None for nobody."""
    require_permission(by, "change", contribution)
    current = locked(contribution)
    if current.assigned_to_id == (to and to.pk):
        return
    current.assigned_to = contribution.assigned_to = to
    current.save(update_fields=["assigned_to"])
    log(current, Verb.ASSIGN, by=by, facts={"to": to and to.pk})


@transaction.atomic
def note(contribution, *, by, text):
    """Keep what one of the staff says to the others about a contribution."""
    require_permission(by, "change", contribution)
    if not text.strip():
        raise ValidationError(_("Write the note first."))
    return Note.objects.create(contribution=contribution, author=by, text=text.strip())


@transaction.atomic
def check(contribution, *, by, points, seen=None):
    """Settle these points of the checklist (`Check.Point`) for the newest revision, and unsettle the others."""
    require_permission(by, "publish", contribution)
    current = locked(contribution)
    demand_seen(current, seen)
    settled = set(current.newest.checks.values_list("point", flat=True))
    current.newest.checks.exclude(point__in=points).delete()
    for point in Check.Point:
        if point in points and point not in settled:
            Check.objects.create(revision=current.newest, point=point, by=by)
    if settled != set(points):
        log(current, Verb.CHECK, by=by, facts={**about(current), "points": sorted(points)})


def about(contribution):
    """What the log keeps of a decision: on which revision it fell. A draft has none, and no verb starts there."""
    return {"revision": contribution.newest and contribution.newest.number}


def demand_seen(contribution, seen):
    """Raise WrongStateError where the newest revision is not the one that was read; None asks nothing."""
    if seen is not None and contribution.newest and contribution.newest.number != seen:
        raise WrongStateError(_("A newer revision was sent meanwhile: read it first."))


def demand_ready(contribution, is_checked=False):
    """Raise ValidationError unless the newest revision is fit for the public: its files clean, its checklist done."""
    if contribution.newest is None:
        return  # a draft: the table of moves says so
    attachments = contribution.newest.attachments.select_related("document__clean_copy")
    if any(attachment.document.copy is None for attachment in attachments):
        raise ValidationError(_("A file has no clean copy yet, and nothing else is published: look at its state."))
    if not is_checked and contribution.newest.checks.count() < len(Check.Point):
        raise ValidationError(_("Settle each point of the checklist first."))
