"""Which documents are announced, awaited and there: one rule for a dialogue's page, the board, letters and the desk."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Model
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STATES = {"announced": _("Announced"), "awaited": _("Awaited"), "published": _("Published")}


@dataclass(frozen=True)
class Arrival:
    """A document that is there: its kind and language, since when, at which address."""

    kind: str
    language: str
    at: datetime | None
    address: str


@dataclass(frozen=True)
class Entry:
    """An expected document beside what came of it, if anything did."""

    document: Model
    dialogue: Model
    arrival: Arrival | None
    today: date

    @property
    def since(self):
        """The day from which it is waited for: the one after the dialogue, or that of its announcement; or None."""
        last = self.dialogue.last_day
        return last + timedelta(days=1) if last else self.document.announced_on

    @property
    def state(self) -> str:
        """A key of STATES; what nobody has said a day for is announced."""
        if self.arrival:
            return "published"
        return "awaited" if self.since and self.since <= self.today else "announced"

    @property
    def label(self) -> str | Promise:
        """Its state in words."""
        return STATES[self.state]

    @property
    def days(self) -> int:
        """How many days it has been awaited."""
        return (self.today - self.since).days if self.state == "awaited" else 0


def arrival_of(kind, language, arrivals):
    """The newest of `arrivals` with that kind and language, any language where none is given; None without any.

    Of contributions it is the first: they are there once one is.
    """
    found = [one for one in arrivals if one.kind == kind and language in ("", one.language)]
    choose = min if kind == "contributions" else max
    return choose(found, key=lambda one: (one.at is not None, one.at), default=None)


def entries(dialogue, arrivals, now=None):
    """An Entry for each expected document of `dialogue`, in the order of its page. "Today" is the dialogue's own."""
    today = (now or timezone.now()).astimezone(dialogue.zone).date()
    return [
        Entry(document, dialogue, arrival_of(document.kind, document.language, arrivals), today)
        for document in dialogue.expected.all()
    ]


def arrivals_on(dialogue):
    """What is there of the proceedings of `dialogue`.

    Reads prefetched relations, so that only what the reader may see counts as being there.
    """
    texts = [
        Arrival("summary", summary.language, summary.published_at, summary.get_absolute_url())
        for summary in newest_of_each_language(dialogue.summaries.all())
    ]
    return texts + [
        Arrival(paper.kind, paper.language, paper.published_at, paper.get_absolute_url())
        for paper in dialogue.papers.all()
    ]


def newest_of_each_language(summaries):
    """Of summaries already at hand, the highest version in each language."""
    newest = {}
    for summary in sorted(summaries, key=lambda summary: summary.version):
        newest[summary.language] = summary
    return list(newest.values())


def merged(parts):
    """From mappings of a dialogue's id to its arrivals, one; a dialogue without any has an empty list."""
    whole = defaultdict(list)
    for part in parts:
        for pk, arrivals in part.items():
            whole[pk] += arrivals
    return whole
