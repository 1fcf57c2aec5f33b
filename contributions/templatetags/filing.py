"""Template tags of the filing pages: how much time is left, and how many words."""

from datetime import datetime
from math import ceil

from django import template
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import get_language, gettext, ngettext

from text.words import count_words

from ..models import Call

register = template.Library()

# Languages whose months the United Nations name in another way than browsers do.
OWN_MONTHS = ("ar",)
HOURS_TOLD = 48  # in the last hours before a moment, the time left is told in hours instead of days


@register.filter
def time_left(moment: datetime) -> str:
    """Return how much time is left until a moment: in days of the portal's time zone, then in hours or minutes."""
    now = timezone.now()
    minutes = ceil((moment - now).total_seconds() / 60)
    if minutes > HOURS_TOLD * 60:
        days = (timezone.localdate(moment) - timezone.localdate(now)).days
        return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}
    if minutes >= 60:
        hours = minutes // 60
        return ngettext("%(count)d hour left", "%(count)d hours left", hours) % {"count": hours}
    minutes = max(minutes, 0)
    return ngettext("%(count)d minute left", "%(count)d minutes left", minutes) % {"count": minutes}


@register.simple_tag
def closes_soon() -> bool:
    """Return whether a call closes so soon that people may answer it without a code."""
    return Call.objects.published().for_anyone().closing_soon().exists()


@register.simple_tag
def words_left(text: str | None, limit: int) -> str:
    """Return how many words a text may still have, or has too many, in the words that the page's script uses."""
    left = limit - count_words(text or "")
    words = gettext("{count} too many") if left < 0 else gettext("{count} left")
    return words.replace("{count}", str(abs(left)))


@register.simple_tag
def own_month_names() -> str:
    """Return the names of the twelve months for scripts, separated by "|"; "" where those of browsers are right."""
    return "|".join(str(name) for name in MONTHS.values()) if get_language() in OWN_MONTHS else ""
