"""Run a search: ask the engine, and return a page of hits, the facets and a suggestion."""

import logging
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.cache import cache
from django.db.models import Model
from django.utils.translation import get_language
from haystack import connections

from text.localized import LocalizedText, as_written, content_language, own_name
from text.words import fold

from . import grammar, vocabulary
from .corrected_text import changes_quotation, correct_text
from .correction_rules import has_unknown_word
from .engine_api import (
    EngineAwayError,
    EngineQuery,
    EngineResult,
    IndexUnavailableError,
    QueryTimeoutError,
    SearchEngine,
)
from .facets import Facet, build_facets
from .highlighting import Highlighter
from .indexes import RecordIndex, kinds_with_texts, registered_indexes
from .kept_texts import read_texts
from .params import PER_PAGE, SearchParams
from .passages import PassageTexts
from .present_find import find_present
from .snippets import Snippet, best_snippet
from .tasks import REPAIR_KEY, repair_index
from .waiting import Waiting, waiting_records

logger = logging.getLogger(__name__)

FEW_HITS = 10  # with more results, no other spelling is suggested for words that are right in some language
REPAIR_INTERVAL = 60  # seconds after which a repair that has not begun is asked for again


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
    language: str = ""  # of the snippet, if the page has another one
    page_language: str = ""  # of the page to which `url` leads, if it is not that of the reader


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
    texts: int = 0  # of `total`, those whose text can be downloaded
    is_unavailable: bool = False  # the index is being rebuilt
    is_away: bool = False  # the engine cannot answer for the moment
    is_too_slow: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether the engine answered."""
        return not (self.is_unavailable or self.is_away or self.is_too_slow)


def find(
    params: SearchParams, *, per_page: int = PER_PAGE, sort: str | None = None, may_correct: bool = False
) -> Results:
    """Return one page of the results of a search; of all records, if it has no text.

    With `may_correct`, misspelled words are corrected where no record has them as typed; the caller must say so.
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
        results = _run(query, params, may_correct=may_correct and not params.is_literal)
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
    query, _terms = _widen(_engine_query(params, tree, range(limit), params.order), params)
    engine: SearchEngine = connections["default"].get_backend()
    try:
        return find_present(engine, query, waiting_records())
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


def _run(query: EngineQuery, params: SearchParams, *, may_correct: bool) -> Results:
    engine: SearchEngine = connections["default"].get_backend()
    text = params.text
    waiting = waiting_records()
    query, other_terms = _widen(query, params)
    result = find_present(engine, query, waiting)
    corrected = suggestion = ""
    if query.tree and (has_unknown_word(query.tree) or result.full_matches <= FEW_HITS):
        corrections = engine.corrections(query.tree, waiting.excluded())
        suggestion = correct_text(text, corrections)
        is_replaced = may_correct and suggestion and not changes_quotation(text, corrections)
        if is_replaced and not (result.full_matches and _are_found(engine, corrections, query, waiting)):
            other_query, terms = _widen(
                replace(query, tree=grammar.parse(suggestion)), replace(params, text=suggestion)
            )
            other_result = find_present(engine, other_query, waiting)
            if _is_better(other_result, result):
                query, result, corrected, suggestion = other_query, other_result, suggestion, ""
                other_terms = terms
    return Results(
        total=result.total,
        full_matches=result.full_matches,
        other_matches=result.other_matches,
        other_terms=other_terms,
        hits=_load_hits(result, query, waiting.changed),
        facets=build_facets(result.facet_counts, query.filters),
        corrected=corrected,
        suggestion=suggestion,
        texts=_count_texts(result, query.filters.get("kind")),
    )


def _are_found(engine: SearchEngine, words: Iterable[str], query: EngineQuery, waiting: Waiting) -> bool:
    """Return whether a result has one of some words as it was typed, and not only a word that shares its stem."""
    phrases = tuple(grammar.Phrase(tuple(fold(word).split())) for word in words)
    typed = replace(query, tree=grammar.Or(phrases), wider=None, allow_partial=False, start=0, stop=1)
    return find_present(engine, typed, waiting).total > 0


def _is_better(corrected: EngineResult, typed: EngineResult) -> bool:
    """Return whether the corrected words find more than those that were typed.

    A word that nothing has finds nothing, so that partial matches of the corrected words are as good or better.
    """
    if typed.full_matches:
        return corrected.full_matches > typed.full_matches
    return corrected.full_matches > 0 or corrected.total >= typed.total > 0


def _count_texts(result: EngineResult, chosen_kind: str | None) -> int:
    """Return how many of the records found have texts to download. Counts of kinds ignore the chosen kind."""
    counts = result.facet_counts.get("kind", {})
    return sum(counts.get(kind, 0) for kind in kinds_with_texts() if chosen_kind in (None, kind))


def _widen(query: EngineQuery, params: SearchParams) -> tuple[EngineQuery, tuple[LocalizedText, ...]]:
    """Return a query with other terms for the concepts in the reader's text, and these terms."""
    widening = None if params.is_literal else vocabulary.current().widen(query.tree, params.text)
    return (replace(query, wider=widening.tree), widening.terms) if widening else (replace(query, wider=None), ())


def request_repair() -> None:
    """Ask the worker to repair the index: once until it has, however many readers are affected."""
    if cache.add(REPAIR_KEY, True, REPAIR_INTERVAL):
        logger.error("The search index cannot be read. It is being rebuilt.")
        repair_index.enqueue()


def _load_hits(result: EngineResult, query: EngineQuery, changed: Collection[str]) -> list[Hit]:
    """Return the hits of a result, in its order, without those that are no longer public.

    The passages of those that have other terms are chosen by these. The ids of records that have `changed` since they
    were indexed are given, for these are read again.
    """
    records = load_records(result.ids)
    texts = read_texts(records, changed)
    own, others = Highlighter(query.tree), Highlighter(query.wider)
    hits = []
    for key, (record, index) in records.items():
        is_other = key in result.other_ids
        hit = build_hit(record, index, texts[key], others if is_other else own)
        hits.append(replace(hit, has_other_term=is_other))
    return hits


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
        label: indexes[label].index_queryset().in_bulk(pks) if with_facets else indexes[label].load(pks)
        for label, pks in wanted.items()
    }
    return {f"{label}.{pk}": (loaded[label][pk], indexes[label]) for label, pk in pairs if pk in loaded[label]}


def build_hit(record: Any, index: RecordIndex, texts: PassageTexts, highlighter: Highlighter) -> Hit:
    """Return a record as a hit, with the passage in which most words of a query occur; without any, its opening."""
    snippet = best_snippet(texts, index.headings(record), highlighter)
    language = as_written(snippet.html, snippet.language).language if snippet else ""
    own_url = record.get_absolute_url()
    url = (snippet and snippet.url) or own_url
    page_language = "" if not snippet or url.startswith(own_url) else snippet.url_language
    context = [own_name(page_language)] if page_language else []
    return Hit(
        record=record,
        kind=index.kind_label,
        title=index.shown_title_of(record),
        context=[*context, *(piece for piece in index.context_of(record) if piece)],
        url=url,
        snippet=snippet,
        language=language if language != content_language() else "",
        page_language=page_language,
    )
