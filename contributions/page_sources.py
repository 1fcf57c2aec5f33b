"""What public pages show of calls and contributions, and when time alone changes it."""

from datetime import datetime

from publishing.page_sources import next_moments, shows

from .models import Call, Contribution, Reflection

# Fields that change while reviewers and senders work, before anything is published.
NOT_ON_PAGES = ("newest", "state", "assigned_to", "filer", "publish_at", "submitted_at", "updated_at")
OF_A_FILE = tuple(f"shown__attachments__document{path}" for path in ("", "__clean_copy", "__pages"))

shows(Call, "", "questions")
shows(Contribution, "", "shown", "shown__answers", "shown__attachments", *OF_A_FILE, unshown=NOT_ON_PAGES)
shows(Reflection, "")


@next_moments.add
def next_change_of_a_call(since: datetime) -> datetime | None:
    """Return when a call opens or closes. Public pages say these times, and never how much time is left."""
    calls = Call.objects.published().filter(closes_at__gt=since).values_list("opens_at", "closes_at")
    return min((moment for call in calls for moment in call if moment > since), default=None)
