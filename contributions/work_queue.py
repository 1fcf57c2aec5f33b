"""What waits of contributions, for the staff desk: to review, to publish, sent back, failed files, open calls."""

from datetime import datetime, time, timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from publishing.work_queue import Line, change_page, list_page, work_list

from .models import Attachment, Call, Contribution

State = Contribution.State


def work_lists(user):
    """What waits of contributions for `user`."""
    found = []
    if user.has_perm("contributions.view_contribution"):
        found += [to_review(user), *to_publish(user), returned(user), failed_files(user)]
    if user.has_perm("contributions.view_call"):
        found.append(calls(user))
    return [one for one in found if one]


def in_state(user, *states):
    """What was sent, the oldest first; drafts are their filers' alone."""
    sent = Contribution.objects.visible_to(user).filter(state__in=states)
    return sent.select_related("newest", "assigned_to").order_by("newest__sent_at")


def days_since(moment):
    return (timezone.localdate() - timezone.localdate(moment)).days


def line(contribution, note=None):
    who = contribution.assigned_to or _("unassigned")
    text = f"{contribution.reference} {contribution.newest.title}"
    return Line(text, change_page(contribution), who if note is None else note, days_since(contribution.newest.sent_at))


def to_review(user):
    """What was sent and nobody has decided about; how much of it is nobody's and how much is the reader's own."""
    records = in_state(user, State.SUBMITTED)
    whose = records.aggregate(
        nobody=Count("pk", filter=Q(assigned_to=None)), me=Count("pk", filter=Q(assigned_to=user.pk))
    )
    words = {"nobody": _("Unassigned"), "me": _("Mine")}
    parts = [
        Line(words[name], list_page(Contribution, state__exact=State.SUBMITTED.value, assigned=name), str(number))
        for name, number in whose.items()
        if number
    ]
    return work_list(_("Contributions to review"), records, line, of_state(State.SUBMITTED), parts)


def next_to_review(user, after):
    """What `user` goes on with when `after` is decided: the oldest of its call that nobody else has taken, or None."""
    waiting = in_state(user, State.SUBMITTED).filter(call=after.call_id).exclude(pk=after.pk)
    return waiting.filter(Q(assigned_to=None) | Q(assigned_to=user.pk)).first()


def to_publish(user):
    """What was accepted: first what comes out today or should have, then the rest."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), time()))
    accepted = in_state(user, State.ACCEPTED)
    today = accepted.filter(publish_at__lt=midnight).order_by("publish_at")
    rest = accepted.exclude(publish_at__lt=midnight)
    address = of_state(State.ACCEPTED)
    yield work_list(
        _("Contributions to be published today"), today, lambda record: line(record, planned(record)), address
    )
    yield work_list(_("Accepted, not published"), rest, lambda record: line(record, planned(record)), address)


def planned(contribution):
    if contribution.publish_at is None:
        return _("no time set")
    return date_format(timezone.localtime(contribution.publish_at), "SHORT_DATETIME_FORMAT")


def returned(user):
    """What went back to its sender for changes."""
    return work_list(
        _("With their senders for changes"), in_state(user, State.RETURNED), line, of_state(State.RETURNED)
    )


def failed_files(user):
    """Files that failed: of what is to be reviewed or published; of what is public, those that nobody can get."""
    undecided = Q(revision__contribution__state__in=[State.SUBMITTED, State.ACCEPTED])
    lost = Q(revision__contribution__state=State.PUBLISHED, document__clean_copy=None)
    files = Attachment.objects.visible_to(user).filter(undecided | lost)
    files = files.newest().exclude(document__fault="")
    related = files.select_related("document", "revision__contribution").order_by("document__created_at")
    return work_list(_("Files of contributions that failed"), related, failed)


def failed(attachment):
    contribution, document = attachment.revision.contribution, attachment.document
    address = change_page(contribution)
    return Line(contribution.reference, address, document.get_fault_display(), days_since(document.created_at))


def calls(user):
    """Calls that are open, the one that closes first before the others."""
    records = Call.objects.visible_to(user).published().open().select_related("dialogue").order_by("closes_at")
    return work_list(_("Open calls"), records, open_call, list_page(Call))


def open_call(call):
    closes = timezone.localtime(call.closes_at)
    is_today = closes.date() == timezone.localdate()
    words = _("closes today, %(hour)s") if is_today else _("closes %(day)s")
    note = words % {"hour": date_format(closes, "TIME_FORMAT"), "day": date_format(closes, "SHORT_DATETIME_FORMAT")}
    return Line(call.title, change_page(call), note)


def of_state(state):
    return list_page(Contribution, state__exact=state.value)
