"""Where a dialogue stands in its life; its page and cards say so."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Stage:
    """A name for styles and tests, the words that are shown, and the moment that they speak of, if any."""

    name: str
    label: str | Promise
    until: datetime | None = None


UNDATED = Stage("undated", _("Date to be announced"))
ANNOUNCED = Stage("announced", _("Announced"))
UNDER_WAY = Stage("under-way", _("Under way"))
# Translators: a dialogue that took place
HELD = Stage("held", _("Held"))
AWAITED = Stage("summary-awaited", _("Held, summary awaited"))
CONCLUDED = Stage("concluded", _("Concluded"))


def stage_of(dialogue, *, has_summary=False, awaits_summary=False, open_until=None, now=None):
    """The stage of `dialogue` at `now`.

    An open call outweighs the calendar, for it is what a reader can still act on. "Today" is the dialogue's own.
    """
    if open_until:
        return Stage("open", _("Open for contributions"), open_until)
    today = (now or timezone.now()).astimezone(dialogue.zone).date()
    if dialogue.starts_on is None:
        return UNDATED
    if today < dialogue.starts_on:
        return ANNOUNCED
    if today <= dialogue.last_day:
        return UNDER_WAY
    if has_summary:
        return CONCLUDED
    return AWAITED if awaits_summary else HELD
