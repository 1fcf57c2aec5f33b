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
    corrected = [_("Corrected by the secretariat.")] if revision.by_staff else []
    if contribution.is_imported:
        return [*corrected, _("Imported by staff."), _received(revision)]
    if revision.by_staff:
        own = contribution.revisions.sent().filter(by_staff=False, number__lt=revision.number).last()
        return [*corrected, *(_time_of_arrival(own) if own else [])]
    return [*_time_of_arrival(revision), *_missed_correction(revision)]


def _missed_correction(revision: Revision) -> list[str]:
    """Return a warning if its sender began to write it before the secretariat corrected an earlier revision."""
    if revision.number == 1:
        return []
    sent = revision.contribution.revisions.sent()
    missed = sent.filter(by_staff=True, number__lt=revision.number, sent_at__gt=revision.created_at).last()
    if missed is None:
        return []
    return [
        _("Begun before the secretariat corrected revision %(number)d: compare the two.") % {"number": missed.number}
    ]


def _time_of_arrival(revision: Revision) -> list[str]:
    """Return whether it was sent after the call had closed, for the first time or as a correction."""
    contribution = revision.contribution
    closes_at = contribution.call.closes_at
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
