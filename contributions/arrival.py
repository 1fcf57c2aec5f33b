"""What reviewers are told about when a revision arrived: late, corrected after the call had closed, brought in."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .models import Revision


def arrival_sentences(revision: Revision) -> list[str]:
    """Return what a reviewer should know about when a submitted revision arrived; nothing if it came in time.

    The contribution of the revision must be the current one, with its call.
    """
    contribution = revision.contribution
    closes_at = contribution.call.closes_at
    if contribution.is_imported:
        return [_("Brought in by staff."), _received(revision)]
    if revision.arrived_at is None or revision.arrived_at < closes_at:
        return []
    first = min(sent.arrived_at for sent in contribution.revisions.sent())
    if first < closes_at:
        return [_("Sent in time; corrected after the call had closed.")]
    invitation = getattr(contribution, "invitation", None)
    if invitation and invitation.late_until and first < invitation.late_until:
        words = {"moment": date_format(timezone.localtime(invitation.late_until), "DATETIME_FORMAT")}
        return [_("Sent in the time that was granted, until %(moment)s.") % words]
    return [_("Sent after the call had closed.")]


def _received(revision: Revision) -> str:
    """Return how the day on which staff received it compares with the last day of the call."""
    if revision.received_on is None:
        return _("The day on which it was received is not recorded.")
    last_day = timezone.localdate(revision.contribution.call.closes_at)
    words = {"day": date_format(revision.received_on, "DATE_FORMAT")}
    if revision.received_on < last_day:
        return _("Received on %(day)s, before the call closed.") % words
    if revision.received_on == last_day:
        return _("Received on %(day)s, the day on which the call closed.") % words
    return _("Received on %(day)s, after the call had closed.") % words
