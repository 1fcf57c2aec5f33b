"""Run a search: read its parameters, ask the engine, and return a page of hits, the facets and a suggestion."""

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Model
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from haystack import connections

from text.words import TOKEN

from . import grammar
from .corrected_text import changes_quotation, correct_text
from .engine_api import (
    EngineAwayError,
    EngineQuery,
    EngineResult,
    IndexUnavailableError,
    QueryTimeoutError,
    SearchEngine,
)
from .facets import FACET_LABELS, Facet, build_facets, value_labels
from .highlighting import Snippet, best_snippet, opening_of
from .indexes import Passage, RecordIndex, kinds_with_texts, registered_indexes
from .present_find import find_present
from .tasks import repair_index
from .waiting import waiting_records

logger = logging.getLogger(__name__)

SORT_LABELS = {
    "relevance": _("Best match"),
    "date": _("Newest first"),
    "title": _("Title"),
    "organization": _("Organization"),
}
MAX_FILTER_LENGTH = 150  # characters; no value of a facet is longer
MAX_PAGE = 100  # a reader who wants more should filter
PER_PAGE = 10
FEW_HITS = 5  # with more results, no other spelling is suggested
REPAIR_INTERVAL = 60  # seconds between two requests to repair the index


@dataclass(frozen=True)
class SearchParams:
    """The parameters of one search: the reader's text, filters by facet, the order and the page.

    A search without a text finds all records that have what the filters ask for.
    """

    text: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)  # {facet: value}
    sort: str = "relevance"  # a key of SORT_LABELS
    page: int = 1
    is_literal: bool = False  # search for the words as they are spelled

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
        """The text and the filters as a query string; the same search always has the same one."""
        return urlencode({**({"q": self.text} if self.text else {}), **dict(sorted(self.filters.items()))})

    @property
    def list_query_string(self) -> str:
        """The same with the order, for addresses that return the whole list."""
        sort = urlencode({"sort": self.sort}) if self.sort != "relevance" else ""
        return "&".join(filter(None, [self.query_string, sort]))

    @property
    def order(self) -> str:
        """The order of the results. Without a text, no record is a better match than another."""
        return self.sort if self.text or self.sort != "relevance" else "date"

    @property
    def orders(self) -> dict[str, str | Promise]:
        """The orders that the reader may choose, with their names."""
        return {name: label for name, label in SORT_LABELS.items() if self.text or name != "relevance"}

    def __str__(self) -> str:
        """Return the search in words: its text, then what its filters ask for."""
        labels = {name: value_labels(name, [value]) for name, value in self.filters.items()}
        chosen = [str(labels[name].get(value, value)) for name, value in self.filters.items()]
        return " · ".join(filter(None, [self.text, *chosen]))


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
    """One page of hits, the facets of all hits, and what was not understood or misspelled."""

    total: int = 0
    full_matches: int = 0  # of `total`, those that have all words
    hits: list[Hit] = field(default_factory=list)
    facets: list[Facet] = field(default_factory=list)
    not_understood: tuple[str, ...] = ()  # pieces of the text that were read as words
    corrected: str = ""  # the text that was searched for, because nothing has the words that were typed
    suggestion: str = ""  # the text with its unknown words corrected, if it was not searched for
    texts: int = 0  # of `total`, those whose text can be downloaded
    is_unavailable: bool = False  # the index is being rebuilt
    is_away: bool = False  # the engine cannot answer for the moment
    is_too_slow: bool = False


def find(
    params: SearchParams, *, per_page: int = PER_PAGE, sort: str | None = None, may_correct: bool = False
) -> Results:
    """Return one page of the results of a search; of all records, if it has no text.

    With `may_correct`, misspelled words are corrected where nothing has the words as typed; the caller must say so.
    `sort` takes an order that readers cannot choose: "published", the latest publication first. If the index is
    unavailable, the results say so and a repair is requested. The results also say so if the engine is away, or if a
    query takes too long.
    """
    places = range((params.page - 1) * per_page, params.page * per_page)
    parsed = grammar.parse_query(params.text)
    if params.text and parsed.tree is None:
        return Results()
    query = _engine_query(params, parsed.tree, places, sort or params.order)
    try:
        results = _run(query, params.text, may_correct=may_correct and not params.is_literal)
        results.not_understood = parsed.not_understood
        return results
    except QueryTimeoutError:
        return Results(is_too_slow=True)
    except EngineAwayError:
        return Results(is_away=True)
    except IndexUnavailableError:
        request_repair()
        return Results(is_unavailable=True)


def find_ids(params: SearchParams, limit: int) -> EngineResult:
    """Return the ids of the first records that a search finds, in the order of its pages.

    Raise QueryTimeoutError, EngineAwayError or IndexUnavailableError; for the last, a repair is requested.
    """
    tree = grammar.parse(params.text)
    if params.text and tree is None:
        return EngineResult()
    engine: SearchEngine = connections["default"].get_backend()
    try:
        return find_present(engine, _engine_query(params, tree, range(limit), params.order))
    except IndexUnavailableError:
        request_repair()
        raise


def _engine_query(params: SearchParams, tree: grammar.Node | None, places: range, sort: str) -> EngineQuery:
    """Return the question to the engine for the records at these places."""
    return EngineQuery(
        tree=tree,
        filters=params.filters,
        language=(get_language() or "en")[:2],
        sort=sort,
        # In any other order, partial matches would come before full ones.
        allow_partial=sort == "relevance" and not re.search(r"\bAND\b", params.text),
        start=places.start,
        stop=places.stop,
    )


def _run(query: EngineQuery, text: str, *, may_correct: bool) -> Results:
    engine: SearchEngine = connections["default"].get_backend()
    result = find_present(engine, query)
    corrected = suggestion = ""
    if query.tree and result.full_matches <= FEW_HITS:
        corrections = engine.corrections(query.tree, waiting_records().excluded())
        suggestion = correct_text(text, corrections)
        if may_correct and suggestion and not result.full_matches and not changes_quotation(text, corrections):
            other_query = replace(query, tree=grammar.parse(suggestion))
            other_result = find_present(engine, other_query)
            if other_result.full_matches:
                query, result, corrected, suggestion = other_query, other_result, suggestion, ""
    return Results(
        total=result.total,
        full_matches=result.full_matches,
        hits=load_hits(result.ids, query.tree),
        facets=build_facets(result.facet_counts, query.filters),
        corrected=corrected,
        suggestion=suggestion,
        texts=_count_texts(result, query.filters.get("kind")),
    )


def _count_texts(result: EngineResult, chosen_kind: str | None) -> int:
    """Return how many of the records found have texts to download. Counts of kinds ignore the chosen kind."""
    counts = result.facet_counts.get("kind", {})
    return sum(counts.get(kind, 0) for kind in kinds_with_texts() if chosen_kind in (None, kind))


def complete(text: str) -> list[str]:
    """Return the text with its last word completed in several ways, or an empty list if the index is unavailable."""
    words = TOKEN.findall(text[: grammar.MAX_QUERY_LENGTH])
    if not words or not text.endswith(words[-1]) or len(words[-1]) < grammar.MIN_PREFIX_LENGTH:
        return []
    try:
        engine: SearchEngine = connections["default"].get_backend()
        completions = engine.completions(words[-1], waiting_records().excluded())
    except EngineAwayError:
        return []
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


def load_records(ids: Iterable[str], *, with_facets: bool = False) -> dict[str, tuple[Any, RecordIndex]]:
    """Return {id: (record, its index)} for those ids whose record is still public, in the order of `ids`.

    Records are read as hits show them; with `with_facets`, as they are indexed, with what their facets need.
    """
    indexes = {model._meta.label_lower: index for model, index in registered_indexes().items()}
    pairs = [(label, int(pk)) for label, pk in (key.rsplit(".", 1) for key in ids)]
    wanted: dict[str, list[int]] = {}
    for label, pk in pairs:
        wanted.setdefault(label, []).append(pk)
    loaded: dict[str, dict[int, Model]] = {
        label: (indexes[label].index_queryset() if with_facets else indexes[label].load_all_queryset()).in_bulk(pks)
        for label, pks in wanted.items()
    }
    return {f"{label}.{pk}": (loaded[label][pk], indexes[label]) for label, pk in pairs if pk in loaded[label]}


def build_hit(record: Any, index: RecordIndex, passages: Iterable[Passage], tree: grammar.Node | None) -> Hit:
    """Return a record as a hit, with the passage in which most words of the tree occur; without words, its opening."""
    if tree is None:
        opening = opening_of(index.opening(record))
        snippet = Snippet(opening, "", "") if opening else None
    else:
        snippet = best_snippet(passages, tree)
    return Hit(
        record=record,
        kind=index.kind_label,
        title=index.title_of(record),
        context=[piece for piece in index.context_of(record) if piece],
        url=(snippet and snippet.url) or record.get_absolute_url(),
        snippet=snippet,
    )
