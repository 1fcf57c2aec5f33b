"""From a reader's words to ten hits, each with the place where the words stand."""

import logging
from dataclasses import dataclass, field

from haystack import connections

from .models import IndexJob
from .passages import Snippet, best
from .tasks import registered

logger = logging.getLogger(__name__)

PER_PAGE = 10
LAST_PAGE = 100  # the engine collects all pages before the one that is asked for
LONGEST_QUERY = 300  # characters; what is beyond is not read


@dataclass
class Hit:
    """A record that matched: what it is, and its best passage with its own address."""

    record: object
    kind: str
    title: str
    context: list
    url: str
    snippet: Snippet | None


@dataclass
class Results:
    """One page of hits. `kinds` are (name, label, number) for each kind that has any."""

    total: int = 0
    hits: list = field(default_factory=list)
    kinds: list = field(default_factory=list)
    is_unavailable: bool = False


def find(words, *, kind="", page=1):
    """The hits for `words` on one page; an index that can't be read makes results that say so."""
    backend = connections["default"].get_backend()
    start = (page - 1) * PER_PAGE
    try:
        found = backend.find(
            words[:LONGEST_QUERY], kind=kind, hidden=list(hidden()), start=start, stop=start + PER_PAGE
        )
    except Exception:  # whatever the engine meets on a broken index, pages go on
        logger.exception("The index can't be read.")
        return Results(is_unavailable=True)
    indexes = {model._meta.label_lower: index for model, index in registered().items()}
    labels = {index.kind_name: index.kind_label_plural for index in indexes.values()}
    return Results(
        total=found.total,
        hits=list(load(found.records, indexes, words)),
        kinds=[(name, label, found.kinds[name]) for name, label in labels.items() if found.kinds.get(name)],
    )


def hidden():
    """Records that the index may still hold though the gate has closed: they wait in the queue."""
    indexes = {model._meta.label_lower: index for model, index in registered().items()}
    labels = IndexJob.objects.filter(label__in=indexes).order_by("label").values_list("label", flat=True).distinct()
    for label in labels:
        public = indexes[label].index_queryset().values("pk")
        closed = IndexJob.objects.filter(label=label).exclude(object_id__in=public).order_by("object_id")
        yield from ((label, pk) for pk in closed.values_list("object_id", flat=True).distinct())


def load(records, indexes, words):
    """The hits behind (label, id) pairs, in their order; the gate is asked once more."""
    ids = {}
    for label, pk in records:
        ids.setdefault(label, []).append(pk)
    loaded = {label: indexes[label].load_all_queryset().in_bulk(pks) for label, pks in ids.items()}
    for label, pk in records:
        if record := loaded[label].get(pk):
            yield hit(record, indexes[label], words)


def hit(record, index, words):
    snippet = best(index.passages(record), words)
    return Hit(
        record=record,
        kind=index.kind_label,
        title=index.title_of(record),
        context=index.context_of(record),
        url=snippet.url if snippet else record.get_absolute_url(),
        snippet=snippet,
    )
