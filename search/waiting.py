"""The records that wait for the index and that a search must treat in a special way: those hidden, and those changed.

They are kept in the process. One query, whose cost does not depend on the number of jobs, tells whether they are still
the same.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, TypeAlias

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import override

from publishing.prepared import prepared

from .indexes import registered_indexes
from .live_match import LiveDocument
from .models import Effect, IndexJob

# The most that is compared with a query. The first search after a change reads these records and splits their texts
# into words, which takes about half a second at these bounds. What is beyond them is left out until the index is up to
# date, because its old words may not find it.
MAX_CHECKED_RECORDS = 50
MAX_CHECKED_CHARACTERS = 2_000_000
LAST_JOBS = 50  # by which a change of the queue is noticed

State: TypeAlias = tuple[tuple[int, datetime], ...]
Version: TypeAlias = tuple[str, datetime]  # (id of a record, when it was changed last)


class Waiting:
    """The hidden and changed records of one state of the queue. Ids are those of the index: `<app>.<model>.<pk>`."""

    def __init__(
        self, state: State, hidden: Iterable[str], changed: dict[str, datetime], before: "Waiting | None"
    ) -> None:
        self.state = state
        self.hidden = tuple(hidden)
        self.changed = changed  # {id: when it was changed last}
        self._excluded: dict[frozenset[str], tuple[str, ...]] = {}
        self._documents: dict[Version, LiveDocument | None] = before._documents if before else {}

    def excluded(self, shown: Iterable[str] = ()) -> tuple[str, ...]:
        """Return the ids of all records here but those in `shown`; for the same ones, the same tuple each time."""
        kept = frozenset(shown)
        if not self.changed:
            return self.hidden
        if kept not in self._excluded:
            self._excluded[kept] = (*self.hidden, *(key for key in self.changed if key not in kept))
        return self._excluded[kept]

    def documents(self) -> dict[str, LiveDocument]:
        """Return the present documents of changed records that are public, within the bounds, by id."""
        checked = list(self.changed.items())[:MAX_CHECKED_RECORDS]
        known = {version: self._documents[version] for version in checked if version in self._documents}
        room = MAX_CHECKED_CHARACTERS - sum(document.size for document in known.values() if document)
        if len(known) < len(checked):
            missing = {key: last for key, last in checked if (key, last) not in known}
            known |= dict.fromkeys(missing.items())
            for key, document in _read_documents(missing):
                room -= document.size
                if room < 0:
                    break
                known[key, missing[key]] = document
            # Replaced in one assignment, because other threads may read it. Records that no longer wait are dropped.
            self._documents = known
        return {key: document for (key, _last), document in known.items() if document}


@prepared
def last_jobs() -> QuerySet[Any, tuple[int, datetime]]:
    """Return the last jobs of the queue."""
    return IndexJob.objects.urgent().order_by("-pk").values_list("pk", "queued_at")[:LAST_JOBS]


def waiting_records() -> Waiting:
    """Return the records that wait now. While nothing changed, it is the same object."""
    global _current
    before = _current
    # Whatever happens to a record writes a job at the end, and the worker begins with the first, so that the last jobs
    # tell whether anything happened. Several are read, because a transaction that ends late may have written one before
    # the last, and their times too, because a key is given again after a transaction that was rolled back.
    state = tuple(last_jobs())
    if before and before.state == state:
        return before
    hidden: dict[str, None] = {}
    changed: dict[str, datetime] = {}
    jobs = IndexJob.objects.urgent().exclude(effect=Effect.NEW).order_by("pk")
    for label, object_id, effect, queued_at in jobs.values_list("label", "object_id", "effect", "queued_at"):
        if effect == Effect.HIDDEN:
            hidden[f"{label}.{object_id}"] = None
        else:
            changed[f"{label}.{object_id}"] = queued_at
    for key in hidden:
        changed.pop(key, None)
    _current = Waiting(state, hidden, changed, before)
    return _current


_current: Waiting | None = None


def _read_documents(keys: Iterable[str]) -> Iterator[tuple[str, LiveDocument]]:
    """Yield (id, document) of those records that are public, read in small parts because some have many files."""
    indexes = {model._meta.label_lower: index for model, index in registered_indexes().items()}
    wanted: dict[str, list[str]] = {}
    for key in keys:
        label, pk = key.rsplit(".", 1)
        wanted.setdefault(label, []).append(pk)
    with override(settings.LANGUAGE_CODE):  # as the worker, for some titles are translated
        for label in wanted.keys() & indexes.keys():
            index = indexes[label]
            for record in index.index_queryset().filter(pk__in=wanted[label]).iterator(chunk_size=10):
                yield f"{label}.{record.pk}", LiveDocument(index.document(record))
