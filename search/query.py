"""From a reader's line to ten hits, each with the place where the words stand, and the ways to narrow them."""

import logging
import re
from dataclasses import dataclass, field

from django.core.cache import cache
from django.utils.translation import get_language
from haystack import connections

from . import grammar, tasks
from .facets import Facet, facets_of
from .models import IndexJob
from .passages import Snippet, best
from .seam import NoIndexError, Question, TooSlowError
from .tasks import registered

logger = logging.getLogger(__name__)

PER_PAGE = 10
FEW = 5  # hits; where there are more nobody is asked whether they meant something else
ASK_AGAIN = 60  # seconds between two requests to mend an index that can't be read


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
    """One page of hits, the facets by which they can be narrowed, and what may have been meant instead."""

    total: int = 0
    complete: int = 0  # of them, those that have all words
    hits: list = field(default_factory=list)
    facets: list[Facet] = field(default_factory=list)
    meant: str = ""
    is_unavailable: bool = False
    is_too_slow: bool = False


def find(asked, *, per_page=PER_PAGE, order=None):
    """The hits for what is Asked on one page; an index that can't be read makes results that say so, and is mended.

    `order` is one that no address asks for: "published", the latest publication first.
    """
    tree = grammar.parse(asked.line)
    if tree is None:
        return Results()
    question = Question(
        tree=tree,
        narrowed=asked.narrowed,
        hidden=tuple(hidden()),
        language=(get_language() or "en")[:2],
        order=order or asked.order,
        # By date, what has only most of the words would stand before what has all of them.
        lenient=(order or asked.order) == "relevance" and not re.search(r"\bAND\b", asked.line),
        start=(asked.page - 1) * per_page,
        stop=asked.page * per_page,
    )
    try:
        return answer(question, asked.line)
    except TooSlowError:
        return Results(is_too_slow=True)
    except NoIndexError:
        ask_to_mend()
        return Results(is_unavailable=True)


def answer(question, line):
    engine = connections["default"].get_backend()
    found = engine.find(question)
    meant = ""
    if found.complete <= FEW:
        meant = in_other_words(line, engine.corrections(question.tree, question.hidden))
    return Results(
        total=found.total,
        complete=found.complete,
        hits=load(found.ids, question.tree),
        facets=facets_of(found.facets, question.narrowed),
        meant=meant,
    )


def in_other_words(line, corrections):
    """The line with its unknown words replaced; empty where no word is."""
    for word, other in corrections.items():
        line = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", other, line)
    return line if corrections else ""


def complete(line):
    """The line, its last word completed, in several ways; empty where the index can't be read."""
    words = grammar.TOKEN.findall(line[: grammar.LONGEST_QUERY])
    if not words or not line.endswith(words[-1]) or len(words[-1]) < grammar.SHORTEST_BEGINNING:
        return []
    try:
        endings = connections["default"].get_backend().completions(words[-1], tuple(hidden()))
    except NoIndexError:
        ask_to_mend()
        return []
    return [line[: -len(words[-1])] + ending for ending in endings]


def more_like(record, kinds, number=3):
    """Hits that share the words by which a record stands out, `number` of each kind, without the record itself."""
    label = record._meta.label_lower
    engine, index = connections["default"].get_backend(), registered()[type(record)]
    hits = []
    try:
        tree = engine.telling([passage.text for passage in index.passages(record)])
        out = (*hidden(), f"{label}.{record.pk}")
        for kind in kinds if tree else []:
            found = engine.find(Question(tree, narrowed={"kind": kind}, hidden=out, stop=number))
            hits += load(found.ids, tree)
    except (NoIndexError, TooSlowError):
        return []
    return hits


def ask_to_mend():
    """Have the worker rebuild the index; once in a while, however many readers meet it."""
    if cache.add("search-index-mending", True, ASK_AGAIN):
        logger.error("The search index can't be read; it is being rebuilt.")
        tasks.mend.enqueue()


def hidden():
    """The ids of records that wait in the queue: what the index says of them may be public no longer, or not all."""
    jobs = IndexJob.objects.order_by("label", "object_id").values_list("label", "object_id").distinct()
    return [f"{label}.{pk}" for label, pk in jobs]


def load(ids, tree):
    """The hits behind ids of the index, in their order; the gate is asked once more."""
    return [hit(record, index, index.passages(record), tree) for record, index in records(ids).values()]


def records(ids):
    """{id: (record, its index)} of those that are public still, in the order of `ids`."""
    indexes = {model._meta.label_lower: index for model, index in registered().items()}
    pairs = [(label, int(pk)) for label, pk in (one.rsplit(".", 1) for one in ids)]
    wanted = {}
    for label, pk in pairs:
        wanted.setdefault(label, []).append(pk)
    loaded = {label: indexes[label].load_all_queryset().in_bulk(pks) for label, pks in wanted.items()}
    return {f"{label}.{pk}": (loaded[label][pk], indexes[label]) for label, pk in pairs if pk in loaded[label]}


def hit(record, index, passages, tree):
    """A record as a Hit: of its passages, the one where most words of the tree stand."""
    snippet = best(passages, tree)
    return Hit(
        record=record,
        kind=index.kind_label,
        title=index.title_of(record),
        context=[piece for piece in index.context_of(record) if piece],
        url=snippet.url if snippet else record.get_absolute_url(),
        snippet=snippet,
    )
