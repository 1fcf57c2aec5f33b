"""The records that a page lists as "More like this": kept as ids, which the worker renews.

A list is made from public records only, and each record in it passes the gate again whenever it is shown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from haystack import connections

from publishing.page_sources import note_change
from publishing.prepared import prepared
from text.localized import LocalizedText, as_written
from text.words import shorten

from .engine_api import EngineQuery, QueryTimeoutError, SearchEngine
from .indexes import RecordIndex, registered_indexes
from .kept_texts import read_texts
from .models import URGENT, IndexJob, SimilarRecords
from .passages import PassageTexts
from .waiting import waiting_records

SHOWN = 3  # of each kind
KEPT = 10  # of each kind, so that a page is full although some of them were hidden since
OPENING = 260  # characters
RENEW_AFTER = timedelta(days=1)  # because other records may have been published since


@dataclass(frozen=True)
class SimilarRecord:
    """A record as the page of another one shows it."""

    url: str
    title: str
    opening: str
    kind: str | Promise
    context: list[Any]


@prepared
def kept_lists(label: Any, object_id: Any) -> QuerySet[SimilarRecords]:
    """Return the list of a record, if one is kept."""
    return SimilarRecords.objects.filter(label=label, object_id=object_id)


def more_like_this(record: Model) -> list[SimilarRecord]:
    """Return the public records that are like `record`; none as long as none are kept."""
    ids = [key for kept in kept_lists(label=record._meta.label_lower, object_id=record.pk) for key in kept.ids]
    public = {
        index.key(found.pk): (found, index) for index, pks in _by_index(ids) for found in _first_public(index, pks)
    }
    texts = read_texts(public, waiting_records().changed)
    return [
        SimilarRecord(
            url=found.get_absolute_url(),
            title=index.shown_title_of(found),
            opening=_opening_of(texts[key]),
            kind=index.kind_label,
            context=[piece for piece in index.context_of(found) if piece],
        )
        for key, (found, index) in public.items()
    ]


def _opening_of(texts: PassageTexts) -> LocalizedText:
    number = texts.opening_number
    return as_written(shorten(texts.opening, OPENING), "" if number is None else texts.language(number))


def _by_index(ids: Iterable[str]) -> list[tuple[RecordIndex, list[int]]]:
    """Return the index and the pks of the records of each kind, in the order of `ids`."""
    pks: dict[str, list[int]] = {}
    for label, pk in (key.rsplit(".", 1) for key in ids):
        pks.setdefault(label, []).append(int(pk))
    indexes = {model._meta.label_lower: index for model, index in registered_indexes().items()}
    return [(indexes[label], some) for label, some in pks.items() if label in indexes]


def _first_public(index: RecordIndex, pks: list[int]) -> list[Any]:
    """Return the first SHOWN records that are public; only as many are read, unless some are hidden."""
    found: list[Any] = []
    while pks and (missing := SHOWN - len(found)):
        some, pks = pks[:missing], pks[missing:]
        public = index.load(some)
        found += [public[pk] for pk in some if pk in public]
    return found


def note_changes(jobs: Iterable[IndexJob]) -> bool:
    """Note which lists are due, now that these jobs are in the index; return whether there are any.

    Only jobs of a record's own words are counted: its list depends on no others, and must not tell that a hidden parent
    changed. Publications wait for this, so it costs the same however many lists there are.
    """
    urgent = [(job.label, job.object_id) for job in jobs if job.effect in URGENT]
    labels = {label for _index, label in _indexes()}
    due = sorted({(label, pk) for label, pk in urgent if label in labels})
    SimilarRecords.objects.bulk_create(
        [SimilarRecords(label=label, object_id=pk, is_changed=True) for label, pk in due],
        update_conflicts=True,
        unique_fields=["label", "object_id"],
        update_fields=["renewed_at", "is_changed"],
    )
    return bool(due)


def note_all() -> bool:
    """Give each public record a list, delete all other lists, and return whether any was added."""
    known = {f"{label}.{pk}" for label, pk in SimilarRecords.objects.values_list("label", "object_id")}
    listed = {key for ids in SimilarRecords.objects.values_list("ids", flat=True).iterator() for key in ids}
    public: set[str] = set()
    due: list[SimilarRecords] = []
    for index, label in _indexes():
        pks = list(index.index_queryset().order_by("pk").values_list("pk", flat=True))
        public.update(map(index.key, pks))
        if index.similar_kinds:
            due += [SimilarRecords(label=label, object_id=pk) for pk in pks if index.key(pk) not in known]
    _remove((known | listed) - public)
    SimilarRecords.objects.bulk_create(due, ignore_conflicts=True, batch_size=1_000)
    return bool(due)


def _indexes() -> Iterator[tuple[RecordIndex, str]]:
    """Yield the indexes whose records have lists, or are in them, with the label of their model."""
    indexes = registered_indexes()
    listed = {kind for index in indexes.values() for kind in index.similar_kinds}
    for model, index in indexes.items():
        if index.similar_kinds or index.kind_name in listed:
            yield index, model._meta.label_lower


def _remove(gone: set[str]) -> None:
    """Delete the lists of these records, and take them out of those of others."""
    if not gone:
        return
    for row in SimilarRecords.objects.iterator():
        if f"{row.label}.{row.object_id}" in gone:
            row.delete()
        elif not gone.isdisjoint(row.ids):
            row.ids = [key for key in row.ids if key not in gone]
            row.save(update_fields=["ids"])


def renew(limit: int, *, with_old: bool = False) -> int:
    """Renew at most `limit` lists that are due, and return how many; `with_old`, those of yesterday as well.

    Those of changed records come first. The lists of the records that are like them, or that were, are due next. A
    record that is not public any more leaves no trace in a list. Raise EngineAwayError or IndexUnavailableError.
    """
    is_due = Q(renewed_at=None)
    if with_old:
        is_due |= Q(renewed_at__lt=timezone.now() - RENEW_AFTER)
    rows = list(SimilarRecords.objects.filter(is_due).order_by("-is_changed", "renewed_at", "pk")[:limit])
    changed: set[str] = set()
    like_them: set[str] = set()
    gone: set[str] = set()
    for index, label in _indexes():
        own = {row.object_id: row for row in rows if row.label == label}
        records = index.index_queryset().in_bulk(own) if own else {}
        gone.update(map(index.key, own.keys() - records.keys()))
        for pk, record in records.items():
            row, found = own[pk], _find_ids(index, record)
            ids: list[str] = row.ids if found is None else found
            # Not `save`, which would write a row again that was deleted meanwhile.
            SimilarRecords.objects.filter(pk=row.pk).update(ids=ids, renewed_at=timezone.now(), is_changed=False)
            if row.is_changed:
                changed.add(index.key(pk))
                like_them.update(ids)
    _remove(gone)
    _make_due(like_them - changed, lists_with=changed)
    if rows and not SimilarRecords.objects.filter(renewed_at=None).exists():
        note_change()  # at the end of many renewals, or no page would be kept meanwhile
    return len(rows)


def _find_ids(index: RecordIndex, record: Model) -> list[str] | None:
    """Return the ids of the records that are most like a record, without itself; None if that would take too long."""
    engine: SearchEngine = connections["default"].get_backend()
    excluded, own = waiting_records().excluded(), index.key(record.pk)
    tree = engine.similarity_query([passage.text for passage in index.passages(record)])
    found: list[str] = []
    try:
        for kind in index.similar_kinds if tree else ():
            query = EngineQuery(tree, filters={"kind": kind}, excluded_ids=excluded, stop=KEPT + 1)
            found += [key for key in engine.find(query).ids if key != own][:KEPT]
    except QueryTimeoutError:
        return None
    return found


def _make_due(records: set[str], *, lists_with: set[str]) -> None:
    """Have the lists of these records renewed, and all lists that have one of `lists_with`."""
    if not lists_with:
        return
    rows = SimilarRecords.objects.exclude(renewed_at=None).values_list("pk", "label", "object_id", "ids")
    due = [
        pk
        for pk, label, object_id, ids in rows.iterator()
        if (own := f"{label}.{object_id}") in records or (own not in lists_with and not lists_with.isdisjoint(ids))
    ]
    for start in range(0, len(due), 1_000):
        SimilarRecords.objects.filter(pk__in=due[start : start + 1_000]).update(renewed_at=None)
