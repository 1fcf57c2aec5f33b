"""The latest publications: summaries, written contributions and news in one list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contributions.models import Contribution
from dialogues.models import NewsItem, Summary

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


def latest_publications() -> list[Publication]:
    """Return the latest publications, newest first, in one query for each kind."""
    found = {
        "summary": Summary.objects.published()
        .current()
        .select_related("dialogue")
        .order_by("-published_at", "dialogue__slug", "language"),
        "contribution": Contribution.objects.published().for_lists().order_by("-published_at", "reference"),
        "news": NewsItem.objects.published().order_by("-published_at", "slug"),
    }
    publications = [Publication(kind, record) for kind, records in found.items() for record in records[: SHOWN[kind]]]
    return sorted(publications, key=lambda one: one.at, reverse=True)
