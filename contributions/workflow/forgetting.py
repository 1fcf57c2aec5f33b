"""What is deleted when its time is over: what the page of terms promises."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from contributions.models import Attachment, Contribution, Invitation, Revision
from publishing.models import Verb
from publishing.workflow import locked, log
from search.tasks import rebuild_index

from .filing import discard, remove
from .moves import Part, State

BLANK = {"organization_name": "", "person_name": "", "signers": "", "title": "", "text": ""}
CLOSED = [State.WITHDRAWN, State.DECLINED]


def forget(now=None):
    """Delete what nobody wrote on for long and never sent, and what is in what was withdrawn or declined a while ago.

    Return how many of each. Reference, log and receipt stay: they hold no word of what was sent.
    """
    now = now or timezone.now()
    unsent = stale(now - timedelta(days=settings.DRAFT_DAYS))
    drafts = [revision for revision in unsent if discard_stale(revision, unsent)]
    over = now - timedelta(days=settings.WITHDRAWN_DAYS)
    closed = Contribution.objects.filter(state__in=CLOSED).filter(
        Q(withdrawn_at__lt=over) | Q(withdrawn_at=None, newest__declined_at__lt=over)
    )
    emptied = [empty(contribution) for contribution in closed.exclude(filer=None, newest__title="")]
    declined = Revision.objects.filter(declined_at__lt=over).exclude(contribution__state__in=CLOSED)
    emptied += [empty_revision(revision) for revision in declined.exclude(title="", organization_name="")]
    if emptied:
        rebuild_index.enqueue()  # segments of the index may hold words that its records no longer have
    return len(drafts), len(emptied)


def stale(before):
    """Revisions that nobody wrote on since, nor sent."""
    return Revision.objects.being_written().filter(updated_at__lt=before).select_related("contribution")


@transaction.atomic
def discard_stale(revision, unsent):
    """Discard what is still unsent and untouched once its row is locked; whether it was."""
    held = Contribution.objects.select_for_update().filter(pk=revision.contribution_id).first()
    if held is None or not unsent.all().filter(pk=revision.pk).exists():
        return False
    discard(revision.contribution, by=None)
    return True


@transaction.atomic
def empty(contribution):
    """Delete the words, names and files of a contribution, and whose it was."""
    current = locked(contribution)
    for revision in current.revisions.all():
        blank(revision)
    current.notes.all().delete()
    current.topics.clear()
    Invitation.objects.filter(contribution=current).delete()
    current.filer = current.organization = None
    current.save(update_fields=["filer", "organization"])
    log(current, Verb.ERASE, by=None, part=Part.SYSTEM)


@transaction.atomic
def empty_revision(revision):
    """Delete the words, names and files of one revision, a correction that was declined."""
    current = locked(revision.contribution)
    blank(revision)
    log(current, Verb.ERASE, by=None, part=Part.SYSTEM, facts={"revision": revision.number})


def blank(revision):
    for attachment in Attachment.objects.filter(revision=revision).select_related("document"):
        remove(attachment)
    revision.answers.all().delete()
    Revision.objects.filter(pk=revision.pk).update(**BLANK)
