"""Run a search: from its parameters to a page of hits, the facets, and a suggestion."""

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db.models import Model
from django.utils.translation import get_language

from text.folding import TOKEN

from . import grammar
from .engine_api import EngineQuery, IndexUnavailableError, QueryTimeoutError, get_engine
from .facets import Facet, build_facets
from .highlighting import Snippet, best_snippet
from .indexes import Passage, RecordIndex, registered_indexes
from .models import IndexJob
from .params import SearchParams
from .tasks import repair_index

logger = logging.getLogger(__name__)

PER_PAGE = 10
FEW_HITS = 5  # with more of them, no other spelling is suggested
REPAIR_INTERVAL = 60  # seconds between two requests to repair the index


@dataclass
class Hit:
    """A record that matched, with its best passage. `url` leads to that passage."""

    record: Any
    kind: str | Any
    title: str
    context: list[Any]
    url: str
    snippet: Snippet | None


@dataclass
class Results:
    """One page of hits, the facets of all hits, and what may have been meant instead."""

    total: int = 0
    full_matches: int = 0  # of `total`, those that have all words
    hits: list[Hit] = field(default_factory=list)
    facets: list[Facet] = field(default_factory=list)
    suggestion: str = ""  # the text with its unknown words corrected
    is_unavailable: bool = False
    is_too_slow: bool = False


def find(params: SearchParams, *, per_page: int = PER_PAGE, sort: str | None = None) -> Results:
    """Return one page of the results of a search.

    `sort` takes an order that readers cannot choose: "published", the latest publication first. Where the index is
    unavailable, the results say so and a repair is requested; the same for a query that takes too long.
    """
    tree = grammar.parse(params.text)
    if tree is None:
        return Results()
    sort = sort or params.sort
    query = EngineQuery(
        tree=tree,
        filters=params.filters,
        # While a job waits, the index may hold words of a record that are no longer public.
        excluded_ids=tuple(IndexJob.objects.record_ids()),
        language=(get_language() or "en")[:2],
        sort=sort,
        # Sorted by date, partial matches would come before full ones.
        allow_partial=sort == "relevance" and not re.search(r"\bAND\b", params.text),
        start=(params.page - 1) * per_page,
        stop=params.page * per_page,
    )
    try:
        return _run(query, tree, params.text)
    except QueryTimeoutError:
        return Results(is_too_slow=True)
    except IndexUnavailableError:
        request_repair()
        return Results(is_unavailable=True)


def _run(query: EngineQuery, tree: grammar.Node, text: str) -> Results:
    engine = get_engine()
    result = engine.find(query)
    suggestion = ""
    if result.full_matches <= FEW_HITS:
        suggestion = _correct(text, engine.corrections(tree, query.excluded_ids))
    return Results(
        total=result.total,
        full_matches=result.full_matches,
        hits=load_hits(result.ids, tree),
        facets=build_facets(result.facet_counts, query.filters),
        suggestion=suggestion,
    )


def _correct(text: str, corrections: Mapping[str, str]) -> str:
    """Return the text with the words in `corrections` replaced; empty if there are none."""
    for word, correction in corrections.items():
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", correction, text)
    return text if corrections else ""


def complete(text: str) -> list[str]:
    """Return the text with its last word completed in several ways; none where the index is unavailable."""
    words = TOKEN.findall(text[: grammar.MAX_QUERY_LENGTH])
    if not words or not text.endswith(words[-1]) or len(words[-1]) < grammar.MIN_PREFIX_LENGTH:
        return []
    try:
        completions = get_engine().completions(words[-1], tuple(IndexJob.objects.record_ids()))
    except IndexUnavailableError:
        request_repair()
        return []
    return [text[: -len(words[-1])] + completion for completion in completions]


def request_repair() -> None:
    """Ask the worker to repair the index, at most once in REPAIR_INTERVAL however many readers are affected."""
    if cache.add("search-index-repair", True, REPAIR_INTERVAL):
        logger.error("The search index cannot be read. It is being rebuilt.")
        repair_index.enqueue()


def load_hits(ids: Iterable[str], tree: grammar.Node | None) -> list[Hit]:
    """Return the hits for ids that the engine returned, in that order, without those that are no longer public."""
    return [build_hit(record, index, index.passages(record), tree) for record, index in load_records(ids).values()]


def load_records(ids: Iterable[str]) -> dict[str, tuple[Any, RecordIndex]]:
    """Return {id: (record, its index)} for those ids whose record is still public, in the order of `ids`."""
    indexes = {model._meta.label_lower: index for model, index in registered_indexes().items()}
    pairs = [(label, int(pk)) for label, pk in (key.rsplit(".", 1) for key in ids)]
    wanted: dict[str, list[int]] = {}
    for label, pk in pairs:
        wanted.setdefault(label, []).append(pk)
    loaded: dict[str, dict[int, Model]] = {
        label: indexes[label].load_all_queryset().in_bulk(pks) for label, pks in wanted.items()
    }
    return {f"{label}.{pk}": (loaded[label][pk], indexes[label]) for label, pk in pairs if pk in loaded[label]}


def build_hit(record: Any, index: RecordIndex, passages: Iterable[Passage], tree: grammar.Node | None) -> Hit:
    """Return a record as a hit, with the passage in which most words of the tree occur."""
    snippet = best_snippet(passages, tree)
    return Hit(
        record=record,
        kind=index.kind_label,
        title=index.title_of(record),
        context=[piece for piece in index.context_of(record) if piece],
        url=snippet.url if snippet else record.get_absolute_url(),
        snippet=snippet,
    )
