"""The status of a dialogue and of its expected documents: one rule for pages, feeds, emails and the staff desk."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publishing.slots import Slot

from .models import Dialogue, ExpectedDocument, Paper, Summary
from .querysets import DialogueQuerySet

DOCUMENT_STATUSES = {"announced": _("Announced"), "awaited": _("Still to come"), "published": _("Published")}


@dataclass(frozen=True)
class Stage:
    """The stage of a dialogue: a name for style sheets, a label, and the time when it ends, if that is shown."""

    name: str
    label: str | Promise
    until: datetime | None = None


UNDATED = Stage("undated", _("Date to be announced"))
ANNOUNCED = Stage("announced", _("Announced"))
UNDER_WAY = Stage("under-way", _("Under way"))
# Translators: a dialogue that took place
HELD = Stage("held", _("Held"))
SUMMARY_AWAITED = Stage("summary-awaited", _("Held, summary to come"))
CONCLUDED = Stage("concluded", _("Concluded"))


@dataclass(frozen=True)
class PublishedDocument:
    """A document of a dialogue that is published. `kind` is one of ExpectedDocument.KINDS."""

    kind: str
    language: str
    published_at: datetime | None
    url: str


# By the pk of the dialogue: documents that apps above have published. Called with dialogues and a user.
published_elsewhere: Slot[[Sequence[Dialogue], Any], dict[int, list[PublishedDocument]]] = Slot()


@dataclass(frozen=True)
class DocumentStatus:
    """An expected document and its published document, if any, on the day `today` in the dialogue's time zone."""

    document: ExpectedDocument
    dialogue: Dialogue
    published: PublishedDocument | None
    today: date

    @property
    def awaited_from(self) -> date | None:
        """The day after the dialogue; without a dialogue's date, the day of the announcement, or None."""
        last = self.dialogue.last_day
        return last + timedelta(days=1) if last else self.document.announced_on

    @property
    def status(self) -> str:
        """A key of DOCUMENT_STATUSES."""
        if self.published:
            return "published"
        return "awaited" if self.awaited_from and self.awaited_from <= self.today else "announced"

    @property
    def label(self) -> str | Promise:
        """Its status in words."""
        return DOCUMENT_STATUSES[self.status]

    @property
    def days_awaited(self) -> int:
        """The number of days for which it has been awaited; 0 if it is not."""
        if self.awaited_from is None or self.status != "awaited":
            return 0
        return (self.today - self.awaited_from).days


def stage_of(
    dialogue: Dialogue,
    *,
    has_summary: bool = False,
    awaits_summary: bool = False,
    open_until: datetime | None = None,
    now: datetime | None = None,
) -> Stage:
    """Return the stage of a dialogue at `now`, by the calendar of its own time zone.

    `open_until` is the time until which it accepts contributions. It takes precedence over the calendar, because
    readers can still act on it.
    """
    if open_until:
        return Stage("open", _("Open for contributions"), open_until)
    today = _today(dialogue, now)
    if dialogue.starts_on is None or dialogue.last_day is None:
        if dialogue.year is None or dialogue.year >= today.year:
            return UNDATED
    elif today < dialogue.starts_on:
        return ANNOUNCED
    elif today <= dialogue.last_day:
        return UNDER_WAY
    if has_summary:
        return CONCLUDED
    return SUMMARY_AWAITED if awaits_summary else HELD


def document_statuses(
    dialogue: Dialogue, published: Iterable[PublishedDocument], now: datetime | None = None
) -> list[DocumentStatus]:
    """Return the status of each document that `dialogue` expects, given its published documents."""
    published, today = list(published), _today(dialogue, now)
    return [
        DocumentStatus(document, dialogue, find_published(document.kind, document.language, published), today)
        for document in dialogue.expected.all()
    ]


def find_published(kind: str, language: str, published: Iterable[PublishedDocument]) -> PublishedDocument | None:
    """Return the newest of `published` of that kind and language (an empty one: any), or None.

    Among contributions it returns the first, because contributions count as published as soon as there is one.
    """
    found = [document for document in published if document.kind == kind and language in ("", document.language)]
    choose = min if kind == "contributions" else max
    return choose(found, key=_published_at, default=None)


def published_documents(dialogue: Dialogue, user: Any) -> list[PublishedDocument]:
    """Return the published documents of `dialogue`, from its prefetched relations and from the apps above.

    The relations must be prefetched through the gate, so that only what `user` may read counts.
    """
    return _merge([{dialogue.pk: _own_documents(dialogue)}, *published_elsewhere([dialogue], user)])[dialogue.pk]


def public_documents(dialogues: Sequence[Dialogue]) -> Mapping[int, list[PublishedDocument]]:
    """Return the public documents of these dialogues (see `with_public_documents`), by the pk of the dialogue."""
    own = {dialogue.pk: _own_documents(dialogue) for dialogue in dialogues}
    return _merge([own, *published_elsewhere(dialogues, AnonymousUser())])


def with_public_documents(dialogues: DialogueQuerySet) -> DialogueQuerySet:
    """Prefetch the expected and the public documents of each dialogue, in a fixed number of queries."""
    return dialogues.select_related("series").prefetch_related(
        "expected",
        Prefetch("summaries", Summary.objects.published().select_related("dialogue")),
        Prefetch("papers", Paper.objects.published().select_related("dialogue")),
    )


def expected_documents_board(dialogues: DialogueQuerySet) -> list[tuple[Dialogue, list[DocumentStatus]]]:
    """Return the dialogues that expect documents, newest first, each with the status of these documents."""
    expecting = Exists(ExpectedDocument.objects.filter(dialogue=OuterRef("pk")))
    found = list(with_public_documents(dialogues.filter(expecting).latest_first()))
    published = public_documents(found)
    return [(dialogue, document_statuses(dialogue, published[dialogue.pk])) for dialogue in found]


def newest_documents(dialogues: DialogueQuerySet) -> list[tuple[Dialogue, PublishedDocument]]:
    """Return all public documents of these dialogues, newest first."""
    found = list(with_public_documents(dialogues))
    published = public_documents(found)
    pairs = [(dialogue, document) for dialogue in found for document in published[dialogue.pk]]
    return sorted(pairs, key=lambda pair: _published_at(pair[1]), reverse=True)


def latest_by_language(summaries: Iterable[Summary]) -> list[Summary]:
    """Return the highest version in each language of summaries that are already fetched."""
    latest = {summary.language: summary for summary in sorted(summaries, key=lambda summary: summary.version)}
    return list(latest.values())


def _published_at(document: PublishedDocument) -> datetime:
    """Return when a document was published; drafts, which a preview can show, sort before all others."""
    return document.published_at or datetime.min.replace(tzinfo=UTC)


def _today(dialogue: Dialogue, now: datetime | None) -> date:
    return (now or timezone.now()).astimezone(dialogue.zone).date()


def _own_documents(dialogue: Dialogue) -> list[PublishedDocument]:
    summaries = [
        PublishedDocument("summary", summary.language, summary.published_at, summary.get_absolute_url())
        for summary in latest_by_language(dialogue.summaries.all())
    ]
    return summaries + [
        PublishedDocument(paper.kind, paper.language, paper.published_at, paper.get_absolute_url())
        for paper in dialogue.papers.all()
    ]


def _merge(parts: Iterable[Mapping[int, list[PublishedDocument]]]) -> defaultdict[int, list[PublishedDocument]]:
    """Merge mappings from the pks of dialogues to documents. A dialogue without documents has an empty list."""
    merged: defaultdict[int, list[PublishedDocument]] = defaultdict(list)
    for part in parts:
        for pk, documents in part.items():
            merged[pk] += documents
    return merged
