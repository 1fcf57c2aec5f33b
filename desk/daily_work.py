"""The daily email to staff who asked for it: how much work there is for them, by kind and age."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from mail.sending import send_letter
from text.lists import in_brackets

from .letters import DAILY_WORK
from .work import work_lists
from .work.lines import WorkList

FIRST_HOUR = 6  # of the day in the time zone of the site, before which nothing is sent


def send_due() -> int:
    """Send the daily emails that are due, and return how many were queued."""
    now = timezone.localtime()
    if now.hour < FIRST_HOUR:
        return 0
    due = Q(daily_email_on=None) | Q(daily_email_on__lt=now.date())
    staff = get_user_model().objects.reachable().filter(due, wants_daily_email=True, is_staff=True)
    return sum(_send(pk, due) for pk in list(staff.values_list("pk", flat=True)))


@transaction.atomic
def _send(pk: int, due: Q) -> bool:
    """Email one member of staff, if there is work for them, and record that the day is done."""
    staff = get_user_model().objects.select_for_update().filter(due, pk=pk).first()
    if staff is None:
        return False
    with override(staff.language):  # the lists have addresses
        lists = [work for work in work_lists(staff) if work.is_due]
    if not lists:
        return False
    staff.daily_email_on = timezone.localdate()
    staff.save(update_fields=["daily_email_on"])
    send_letter(DAILY_WORK, staff.email, lambda: _values(lists), language=staff.language)
    return True


def _values(lists: Sequence[WorkList]) -> dict[str, str]:
    return {"work": "\n".join(_lines(lists)), "desk": f"{settings.BASE_URL}{reverse('desk:home')}"}


def _lines(lists: Sequence[WorkList]) -> Iterator[str]:
    """Yield a line for each kind of work, with its address where it has one of its own."""
    for work in lists:
        words = _("%(kind)s: %(total)d") % {"kind": work.title, "total": work.total}
        if days := work.oldest_days:
            age = ngettext("the oldest is %(days)d day old", "the oldest is %(days)d days old", days)
            words += in_brackets(age % {"days": days})
        yield f"- {words}"
        if work.address:
            yield f"  {settings.BASE_URL}{work.address}"


@transaction.atomic
def ask_for_daily_email(user: Any, *, wanted: bool) -> None:
    """Turn the daily email of a member of staff on or off."""
    user.wants_daily_email = wanted
    user.save(update_fields=["wants_daily_email"])
