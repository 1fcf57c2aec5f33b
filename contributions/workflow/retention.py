"""Deletion of data that is kept for a limited time, as the terms page promises."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from publishing.models import Verb
from publishing.workflow import locked, log
from search.tasks import rebuild_index
from text.markup import forget_kept

from ..models import Attachment, Contribution, ExtensionRequest, Invitation, Revision, TeamInvitation
from .drafts import delete_attachment, discard
from .moves import Part, State

EMPTY = {"organization_name": "", "person_name": "", "signers": "", "confirmed_signers": [], "title": "", "text": ""}
CLOSED = [State.WITHDRAWN, State.DECLINED]


def delete_expired(now: datetime | None = None) -> tuple[int, int]:
    """Delete old drafts, and the content of contributions that were withdrawn or declined; return how many of each.

    A draft expires `DRAFT_DAYS` after it was last saved, the content of a closed contribution `WITHDRAWN_DAYS` after it
    was closed. Its reference, log and receipt stay: they contain none of its words.
    """
    now = now or timezone.now()
    stale = _stale_drafts(now - timedelta(days=settings.DRAFT_DAYS))
    drafts = [revision for revision in stale if _discard_if_stale(revision, stale)]
    limit = now - timedelta(days=settings.WITHDRAWN_DAYS)
    closed = Contribution.objects.filter(state__in=CLOSED).filter(
        Q(withdrawn_at__lt=limit) | Q(withdrawn_at=None, newest__declined_at__lt=limit)
    )
    closed = closed.exclude(filer=None, newest__title="")
    declined = Revision.objects.filter(declined_at__lt=limit).exclude(contribution__state__in=CLOSED)
    declined = declined.exclude(title="", organization_name="")
    if closed or declined:
        # Segments of the index may still hold these words. They are not public, so a rebuild leaves them out already.
        # It is asked for first: if this process dies amid the deletion, nothing would show later that it is needed.
        rebuild_index.enqueue()
    emptied = [contribution for contribution in closed if _empty_if_closed(contribution)]
    for revision in declined:
        _empty_correction(revision)
    ExtensionRequest.objects.filter(answered_at__lt=limit).delete()
    TeamInvitation.objects.filter(expires_at__lt=now).delete()
    _delete_unused_invitations(limit)
    if emptied or declined:
        forget_kept()
    return len(drafts), len(emptied) + len(declined)


def _delete_unused_invitations(before: datetime) -> None:
    """Delete invitations that nobody used, with their addresses, if they were withdrawn or ended before a time."""
    is_past = Q(call__closes_at__lt=before) & (Q(late_until=None) | Q(late_until__lt=before))
    Invitation.objects.filter(is_past | Q(withdrawn_at__lt=before), contribution=None).delete()


def _stale_drafts(before: datetime) -> Any:
    return Revision.objects.drafts().filter(updated_at__lt=before).select_related("contribution")


@transaction.atomic
def _discard_if_stale(revision: Revision, stale: Any) -> bool:
    """Discard a draft if it is still among `stale` once its row is locked, and return whether it was."""
    current = Contribution.objects.select_for_update().filter(pk=revision.contribution_id).first()
    if current is None or not stale.all().filter(pk=revision.pk).exists():
        return False
    discard(revision.contribution, by=None)
    return True


@transaction.atomic
def _empty_if_closed(contribution: Contribution) -> bool:
    """Delete the words, names and files of a contribution, and the link to its filer; return whether it was closed.

    Staff may have submitted a correction of it while others were emptied.
    """
    current = locked(contribution)
    if current.state not in CLOSED:
        return False
    for revision in current.revisions.all():
        _empty_revision(revision)
    current.notes.all().delete()
    current.signatures.all().delete()
    current.extension_requests.all().delete()
    current.topics.clear()
    Invitation.objects.filter(contribution=current).delete()
    current.filer = current.organization = current.team = None
    current.save(update_fields=["filer", "organization", "team"])
    log(current, Verb.ERASE, by=None, part=Part.SYSTEM)
    return True


@transaction.atomic
def _empty_correction(revision: Revision) -> None:
    """Delete the words, names and files of a correction that was declined."""
    current = locked(revision.contribution)
    _empty_revision(revision)
    log(current, Verb.ERASE, by=None, part=Part.SYSTEM, facts={"revision": revision.number})


def _empty_revision(revision: Revision) -> None:
    for attachment in Attachment.objects.filter(revision=revision).select_related("document"):
        delete_attachment(attachment)
    revision.answers.all().delete()
    revision.decisions.all().delete()
    Revision.objects.filter(pk=revision.pk).update(**EMPTY)
