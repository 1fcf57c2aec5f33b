"""What public pages show of proceedings, and when time alone changes it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from publishing.page_sources import next_moments, shows, shows_all

from .models import (
    Appearance,
    Dialogue,
    ExpectedDocument,
    FollowUp,
    NewsItem,
    Organization,
    Panel,
    Paper,
    Paragraph,
    Photograph,
    Quote,
    Recommendation,
    Recording,
    Series,
    Speaker,
    Statement,
    Summary,
    Topic,
)

CONSENT = ("consented_on", "consent_note", "consent_by", "consent_withdrawn_at")

shows(Series, "")
shows(Topic, "")
shows(Dialogue, "", "sittings", "counts")
shows(Panel, "")
shows(Speaker, "", "portrait", "portrait__renditions", unshown=["account"])
shows(Appearance, "")
shows(Quote, "", "answers")
shows(NewsItem, "")
shows(Summary, "", "document", "document__clean_copy", "document__pages", "approvals", "pdf")
shows(Paragraph, "")
shows(Recommendation, "")
shows(FollowUp, "")
shows(Recording, "")
shows(Statement, "", "document", "document__clean_copy", "document__pages")
shows(Photograph, "", "picture", "picture__renditions", unshown=CONSENT)
shows(Paper, "", "document", "document__clean_copy", "document__pages")
shows(ExpectedDocument, "")
shows_all(Organization)


@next_moments.add
def next_day(since: datetime) -> datetime:
    """Return when the next day begins: somewhere where a dialogue takes place, or for the site."""
    names = set(Dialogue.objects.published().order_by().values_list("timezone", flat=True).distinct())
    return min(_next_midnight(since, ZoneInfo(name)) for name in {settings.TIME_ZONE, *names})


def _next_midnight(since: datetime, zone: ZoneInfo) -> datetime:
    return datetime.combine(since.astimezone(zone).date() + timedelta(days=1), time(), zone)
