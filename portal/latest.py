"""The latest publications: summaries, written contributions and news in one list."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.timezone import localdate

from contributions.models import Contribution
from dialogues.models import NewsItem, Summary
from publishing.prepared import prepared

SHOWN = {"summary": 4, "contribution": 6, "news": 3}  # at most of one kind, so that there is room for the others


@dataclass(frozen=True)
class Publication:
    """A published record and its kind, a key of SHOWN."""

    kind: str
    record: Any

    @property
    def at(self) -> datetime:
        """When it was published."""
        return self.record.published_at

    @cached_property
    def day(self) -> date:
        """The day on which it was published, in the time zone of the page."""
        return localdate(self.at)


@prepared
def latest_summaries() -> QuerySet[Summary]:
    """Return the latest summaries, newest first."""
    summaries = Summary.objects.published().current().named().select_related("dialogue")
    return summaries.order_by("-published_at", "dialogue__slug", "language")[: SHOWN["summary"]]


@prepared
def latest_contributions() -> QuerySet[Contribution]:
    """Return the latest contributions, newest first."""
    contributions = Contribution.objects.published().for_lists()
    return contributions.order_by("-published_at", "reference")[: SHOWN["contribution"]]


@prepared
def latest_news() -> QuerySet[NewsItem]:
    """Return the latest news, newest first."""
    return NewsItem.objects.published().order_by("-published_at", "slug")[: SHOWN["news"]]


def latest_publications() -> list[Publication]:
    """Return the latest publications, newest first, in one query for each kind."""
    publications = [
        *(Publication("summary", summary) for summary in latest_summaries()),
        *(Publication("contribution", contribution) for contribution in latest_contributions()),
        *(Publication("news", item) for item in latest_news()),
    ]
    return sorted(publications, key=lambda one: one.at, reverse=True)
