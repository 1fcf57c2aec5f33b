"""What was published last, whatever it is: summaries, written contributions and news in one list."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from contributions.models import Contribution
from dialogues.models import NewsItem, Summary

SHOWN = {"summary": 4, "contribution": 6, "news": 3}  # at most, so that many of one kind leave room for the others


@dataclass(frozen=True)
class Newcomer:
    """A record that became public: its kind, a key of SHOWN, and the moment."""

    kind: str
    record: Model

    @property
    def at(self) -> datetime:
        return self.record.published_at


def newest():
    """The newcomers, the latest first, in one query for each kind."""
    found = {
        "summary": Summary.objects.published().current().select_related("dialogue").order_by("-published_at", "-pk"),
        "contribution": Contribution.objects.published().for_lists().order_by("-published_at", "-pk"),
        "news": NewsItem.objects.published().order_by("-published_at", "-pk"),
    }
    newcomers = [Newcomer(kind, record) for kind, records in found.items() for record in records[: SHOWN[kind]]]
    return sorted(newcomers, key=lambda one: one.at, reverse=True)
