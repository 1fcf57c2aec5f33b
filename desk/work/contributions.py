"""The work on contributions that waits for staff: to review, to publish, returned, with failed files, open calls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contributions.checklists import awaits_second_reader
from contributions.models import Attachment, Call, Contribution, ExtensionRequest
from contributions.querysets import ContributionQuerySet

from ..kinds import desk_page
from ..review_queue import EVERY
from .lines import Line, WorkList, work_list

State = Contribution.State


def work_lists(user: Any) -> list[WorkList]:
    """Return the lists of work that `user` may do, without the empty ones."""
    found: list[WorkList | None] = []
    if user.has_perm("contributions.view_contribution"):
        found += [_to_review(user), *_to_publish(user), _returned(user), _failed_files(user)]
    if user.has_perm("contributions.add_invitation"):
        found.append(_requests_for_time(user))
    if user.has_perm("contributions.view_call"):
        found.append(_open_calls(user))
    return [work_list for work_list in found if work_list]


def _in_state(user: Any, state: str) -> ContributionQuerySet:
    """Return the contributions in a state, oldest first."""
    return (
        Contribution.objects.visible_to(user)
        .filter(state=state)
        .select_related("newest", "assigned_to")
        .order_by("newest__sent_at")
    )


def _days_since(moment: datetime) -> int:
    return (timezone.localdate() - timezone.localdate(moment)).days


def _line(contribution: Contribution, note: str | Promise | None = None) -> Line:
    newest = contribution.newest
    who: Any = contribution.assigned_to or _("unassigned")
    text = f"{contribution.reference} {newest.title}"
    return Line(text, desk_page(contribution), who if note is None else note, _days_since(newest.sent_at))


def _to_review(user: Any) -> WorkList | None:
    """Return the contributions without a decision, and how many are unassigned or assigned to `user`."""
    records = _in_state(user, State.SUBMITTED)
    whose = records.aggregate(
        nobody=Count("pk", filter=Q(assigned_to=None)), mine=Count("pk", filter=Q(assigned_to=user.pk))
    )
    words = {"nobody": _("Unassigned"), "mine": _("Mine")}
    parts = [Line(words[who], _queue(State.SUBMITTED, who), str(number)) for who, number in whose.items() if number]
    return work_list(_("Contributions to review"), records, _line, _queue(State.SUBMITTED), parts)


def _to_publish(user: Any) -> Iterator[WorkList | None]:
    """Yield accepted contributions that are due today or overdue, then the others."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), time()))
    accepted = _in_state(user, State.ACCEPTED).select_related("call").prefetch_related("newest__checks__by")
    today = accepted.filter(publish_at__lt=midnight).order_by("publish_at")
    rest = accepted.exclude(publish_at__lt=midnight)
    address = _queue(State.ACCEPTED)
    yield work_list(
        _("Contributions to be published today"), today, lambda record: _line(record, _planned(record)), address
    )
    yield work_list(_("Accepted, not published"), rest, lambda record: _line(record, _planned(record)), address)


def _planned(contribution: Contribution) -> str | Promise:
    if contribution.publish_at is None:
        return _("no time set")
    moment = date_format(timezone.localtime(contribution.publish_at), "SHORT_DATETIME_FORMAT")
    if awaits_second_reader(contribution):
        return _("%(moment)s, if a second reader has completed the checklist by then") % {"moment": moment}
    return moment


def _returned(user: Any) -> WorkList | None:
    """Return the contributions that were returned to their filers for changes."""
    return work_list(
        _("Returned to their senders for changes"),
        _in_state(user, State.RETURNED),
        _line,
        _queue(State.RETURNED),
        is_due=False,
    )


def _failed_files(user: Any) -> WorkList | None:
    """Return failed files of contributions that wait for a decision, and of public ones if nobody can download them."""
    undecided = Q(revision__contribution__state__in=[State.SUBMITTED, State.ACCEPTED])
    lost = Q(revision__contribution__state=State.PUBLISHED, document__clean_copy=None)
    files = Attachment.objects.visible_to(user).filter(undecided | lost)
    files = files.newest().exclude(document__fault="")
    related = files.select_related("document", "revision__contribution").order_by("document__created_at")
    return work_list(_("Files of contributions that failed"), related, _failed_file)


def _failed_file(attachment: Attachment) -> Line:
    contribution, document = attachment.revision.contribution, attachment.document
    address = desk_page(contribution)
    return Line(contribution.reference, address, document.fault_sentence, _days_since(document.created_at))


def _requests_for_time(user: Any) -> WorkList | None:
    """Return the requests for more time that nobody has answered."""
    calls = Call.objects.visible_to(user)
    requests = ExtensionRequest.objects.filter(call__in=calls, state=ExtensionRequest.State.WAITING)
    return work_list(_("Requests for more time"), requests.select_related("call"), _request_for_time)


def _request_for_time(request: ExtensionRequest) -> Line:
    address = reverse("desk:extension", args=[request.pk])
    return Line(request.organization_name, address, request.call.title, _days_since(request.asked_at))


def _open_calls(user: Any) -> WorkList | None:
    """Return the open calls, the one that closes first before the others."""
    records = Call.objects.visible_to(user).published().open().select_related("dialogue").order_by("closes_at")
    return work_list(_("Open calls"), records, _open_call, reverse("desk:calls"), is_due=False)


def _open_call(call: Call) -> Line:
    closes = timezone.localtime(call.closes_at)
    is_today = closes.date() == timezone.localdate()
    words = _("closes today, %(hour)s") if is_today else _("closes %(day)s")
    note = words % {"hour": date_format(closes, "TIME_FORMAT"), "day": date_format(closes, "SHORT_DATETIME_FORMAT")}
    return Line(call.title, desk_page(call), note)


def _queue(state: Contribution.State, who: str = EVERY) -> str:
    """Return the address of the queue with the contributions in a state."""
    return reverse("desk:review", query={"state": state.value, "who": who})
