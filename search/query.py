"""Run a search: read its parameters, ask the engine, and return a page of hits, the facets and a suggestion."""

import logging
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from haystack import connections

from text.localized import LocalizedText

from . import grammar, vocabulary
from .corrected_text import changes_quotation, correct_text
from .engine_api import EngineQuery, IndexUnavailableError, QueryTimeoutError, SearchEngine
from .facets import FACET_LABELS, Facet, build_facets
from .highlighting import Snippet, best_snippet
from .indexes import Passage, RecordIndex, registered_indexes
from .models import IndexJob
from .tasks import repair_index

logger = logging.getLogger(__name__)

SORT_LABELS = {"relevance": _("Best match"), "date": _("Newest first")}
MAX_FILTER_LENGTH = 150  # characters; no value of a facet is longer
MAX_PAGE = 100  # a reader who wants more should filter
PER_PAGE = 10
FEW_HITS = 5  # with more results, no other spelling is suggested
REPAIR_INTERVAL = 60  # seconds between two requests to repair the index


@dataclass(frozen=True)
class SearchParams:
    """The parameters of one search: the reader's text, filters by facet, the order and the page."""

    text: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)  # {facet: value}
    sort: str = "relevance"  # a key of SORT_LABELS
    page: int = 1
    is_literal: bool = False  # search for the words as they are spelled, and for no other terms

    @classmethod
    def from_querydict(cls, data: QueryDict) -> Self:
        """Read the parameters of an address. Invalid values are ignored, and long ones are cut."""
        filters = {name: value[:MAX_FILTER_LENGTH] for name in FACET_LABELS if (value := data.get(name))}
        sort, page = data.get("sort", ""), data.get("page", "")
        return cls(
            text=data.get("q", "").replace("\x00", " ").strip()[: grammar.MAX_QUERY_LENGTH],
            filters={name: value for name, value in filters.items() if "\x00" not in value},
            sort=sort if sort in SORT_LABELS else "relevance",
            page=min(max(int(page), 1), MAX_PAGE) if page.isascii() and page.isdecimal() and len(page) < 6 else 1,
            is_literal=bool(data.get("literal")),
        )

    @property
    def query_string(self) -> str:
        """What is searched for as a query string; the same search always has the same one."""
        literal = {"literal": "1"} if self.is_literal else {}
        return urlencode({"q": self.text, **dict(sorted(self.filters.items())), **literal})


@dataclass
class Hit:
    """A record that matched, with its best passage. `url` leads to that passage.

    `has_other_term` says that the record has another term of the vocabulary instead of the reader's own words.
    """

    record: Any
    kind: str | Any
    title: str
    context: list[Any]
    url: str
    snippet: Snippet | None
    has_other_term: bool = False


@dataclass
class Results:
    """One page of hits, the facets of all hits, and what was not understood or misspelled."""

    total: int = 0
    full_matches: int = 0  # of `total`, those that have all words, or other terms for them
    other_matches: int = 0  # of `full_matches`, those that have other terms
    other_terms: tuple[LocalizedText, ...] = ()  # that were searched for as well
    hits: list[Hit] = field(default_factory=list)
    facets: list[Facet] = field(default_factory=list)
    not_understood: tuple[str, ...] = ()  # pieces of the text that were read as words
    corrected: str = ""  # the text that was searched for, because nothing has the words that were typed
    suggestion: str = ""  # the text with its unknown words corrected, if it was not searched for
    is_unavailable: bool = False
    is_too_slow: bool = False


def find(
    params: SearchParams, *, per_page: int = PER_PAGE, sort: str | None = None, may_correct: bool = False
) -> Results:
    """Return one page of the results of a search.

    With `may_correct`, misspelled words are corrected where nothing has the words as typed; the caller must say so.
    `sort` takes an order that readers cannot choose: "published", the latest publication first. If the index is
    unavailable, the results say so and a repair is requested. The results also say so if a query takes too long.
    """
    parsed = grammar.parse_query(params.text)
    tree = parsed.tree
    if tree is None:
        return Results()
    sort = sort or params.sort
    query = EngineQuery(
        tree=tree,
        filters=params.filters,
        excluded_ids=outdated_ids(),
        language=(get_language() or "en")[:2],
        sort=sort,
        # Sorted by date, partial matches would come before full ones.
        allow_partial=sort == "relevance" and not re.search(r"\bAND\b", params.text),
        start=(params.page - 1) * per_page,
        stop=params.page * per_page,
    )
    try:
        results = _run(query, params, may_correct=may_correct and not params.is_literal)
        results.not_understood = parsed.not_understood
        return results
    except QueryTimeoutError:
        return Results(is_too_slow=True)
    except IndexUnavailableError:
        request_repair()
        return Results(is_unavailable=True)


def _run(query: EngineQuery, params: SearchParams, *, may_correct: bool) -> Results:
    engine: SearchEngine = connections["default"].get_backend()
    text = params.text
    query, other_terms = _widen(query, params)
    result = engine.find(query)
    corrected = suggestion = ""
    if query.tree and result.full_matches <= FEW_HITS:
        corrections = engine.corrections(query.tree, query.excluded_ids)
        suggestion = correct_text(text, corrections)
        if may_correct and suggestion and not result.full_matches and not changes_quotation(text, corrections):
            other_query, terms = _widen(
                replace(query, tree=grammar.parse(suggestion)), replace(params, text=suggestion)
            )
            other_result = engine.find(other_query)
            if other_result.full_matches:
                query, result, corrected, suggestion = other_query, other_result, suggestion, ""
                other_terms = terms
    return Results(
        total=result.total,
        full_matches=result.full_matches,
        other_matches=result.other_matches,
        other_terms=other_terms,
        hits=load_hits(result.ids, query.tree, query.wider, result.other_ids),
        facets=build_facets(result.facet_counts, query.filters),
        corrected=corrected,
        suggestion=suggestion,
    )


def _widen(query: EngineQuery, params: SearchParams) -> tuple[EngineQuery, tuple[LocalizedText, ...]]:
    """Return a query with other terms for the concepts in the reader's text, and these terms."""
    widening = None if params.is_literal else vocabulary.current().widen(query.tree, params.text)
    return (replace(query, wider=widening.tree), widening.terms) if widening else (replace(query, wider=None), ())


def outdated_ids() -> tuple[str, ...]:
    """Return the ids of records that have an index job. The index may hold content of them that is no longer public."""
    jobs = IndexJob.objects.order_by("label", "object_id").values_list("label", "object_id").distinct()
    return tuple(f"{label}.{pk}" for label, pk in jobs)


def request_repair() -> None:
    """Ask the worker to repair the index, at most once in REPAIR_INTERVAL however many readers are affected."""
    if cache.add("search-index-repair", True, REPAIR_INTERVAL):
        logger.error("The search index cannot be read. It is being rebuilt.")
        repair_index.enqueue()


def load_hits(
    ids: Iterable[str],
    tree: grammar.Node | None,
    wider: grammar.Node | None = None,
    other_ids: Collection[str] = (),
) -> list[Hit]:
    """Return the hits for ids that the engine returned, in that order, without those that are no longer public.

    The passages of those in `other_ids` are chosen by the tree `wider`.
    """
    hits = []
    for key, (record, index) in load_records(ids).items():
        is_other = key in other_ids
        hit = build_hit(record, index, index.passages(record), wider if is_other else tree)
        hits.append(replace(hit, has_other_term=is_other))
    return hits


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
