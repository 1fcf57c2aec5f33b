"""Send search alerts: at most one email a day, with what was published since the last one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from publishing.workflow import TIME_TO_UNDO
from subscriptions.workflow import forget_unconfirmed, send_email
from text.lists import in_brackets

from .models import IndexJob, SearchAlert
from .params import SearchParams
from .query import Hit, find

INTERVAL = timedelta(hours=23)  # slightly less than a day, because the time at which the command runs varies
MAX_HITS_IN_EMAIL = 20
MAX_HITS_READ = 100  # the latest publications; if a day has more, the email leaves out the earliest


def send_due() -> int:
    """Send the alerts that are due, and delete old unconfirmed ones; return how many emails were queued.

    While changes wait for the index nothing is sent, because a record that is missing from an email would never be
    sent. Staff can undo a publication for a minute, so the latest publications wait for the next email.
    """
    forget_unconfirmed(SearchAlert)
    if IndexJob.objects.age():
        return 0
    now = timezone.now()
    last_email = Coalesce("told_at", "confirmed_at")
    due = SearchAlert.objects.confirmed().annotate(last_email=last_email).filter(last_email__lt=now - INTERVAL)
    return sum(_send(alert, alert.last_email, now - TIME_TO_UNDO) for alert in due)


@transaction.atomic
def _send(alert: SearchAlert, since: datetime, until: datetime) -> bool:
    """Email what was published after `since` and until `until`, if anything.

    The email and `until` are saved together or not at all.
    """
    with override(alert.language):
        params = SearchParams.from_querydict(QueryDict(alert.query))
        results = find(params, per_page=MAX_HITS_READ, sort="published")
        if results.is_unavailable or results.is_away or results.is_too_slow:
            return False
        new = [hit for hit in results.hits if since < (_published_at(hit) or since) <= until]
        alert.told_at = until
        alert.save()
        if new:
            send_email(alert, "results", lambda: _values(alert, new[:MAX_HITS_IN_EMAIL]))
    return bool(new)


def _values(alert: SearchAlert, hits: Sequence[Hit]) -> dict[str, str]:
    lines = [f"- {hit.title}{in_brackets(hit.kind)}\n  {settings.BASE_URL}{hit.url}" for hit in hits]
    address = f"{settings.BASE_URL}{reverse('search:search')}?{alert.query}"
    return {"results": "\n".join(lines), "all_results": address}


def _published_at(hit: Hit) -> datetime | None:
    return getattr(hit.record, "published_at", None)
