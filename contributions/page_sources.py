"""What public pages show of calls and contributions, and when time alone changes it."""

from datetime import datetime

from publishing.page_sources import next_moments, shows

from .models import Call, Contribution, Reflection
from .models.call import ASK_FOR_TIME

# Fields that change while reviewers and senders work, before anything is published.
NOT_ON_PAGES = ("newest", "state", "assigned_to", "filer", "team", "publish_at", "submitted_at", "updated_at")
OF_A_FILE = tuple(f"shown__attachments__document{path}" for path in ("", "__clean_copy", "__pages"))

shows(Call, "", "questions", unshown=["needs_second_reader"])
shows(Contribution, "", "shown", "shown__answers", "shown__attachments", *OF_A_FILE, unshown=NOT_ON_PAGES)
shows(Reflection, "")


@next_moments.add
def next_change_of_a_call(since: datetime) -> datetime | None:
    """Return when a call opens or closes, or takes no more requests for time.

    Public pages say these times, and never how much time is left.
    """
    calls = Call.objects.published().filter(closes_at__gt=since - ASK_FOR_TIME)
    moments = (moment for call in calls for moment in (call.opens_at, call.closes_at, call.takes_requests_until))
    return min((moment for moment in moments if moment > since), default=None)
