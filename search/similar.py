"""Find records that share their distinctive words with a record or with a text."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from haystack import connections

from .engine_api import EngineAwayError, EngineQuery, IndexUnavailableError, QueryTimeoutError, SearchEngine
from .grammar import Node
from .highlighting import Highlighter
from .indexes import registered_indexes
from .kept_texts import read_texts
from .query import Hit, build_hit, load_hits, load_records, request_repair
from .waiting import waiting_records

Found: TypeAlias = tuple[Node | None, tuple[str, ...]]  # (tree of a text, ids of the records like it)


@dataclass(frozen=True)
class Text:
    """A text in a language."""

    text: str
    language: str = "en"


def more_like_this(record: Any, kinds: Iterable[str], limit: int = 3) -> list[Hit]:
    """Return at most `limit` hits of each kind that are like `record`, without the record itself.

    Return none where the engine cannot answer.
    """
    engine: SearchEngine = connections["default"].get_backend()
    index = registered_indexes()[type(record)]
    hits: list[Hit] = []
    try:
        tree = engine.similarity_query([passage.text for passage in index.passages(record)])
        excluded, own_id = waiting_records().excluded(), f"{record._meta.label_lower}.{record.pk}"
        for kind in kinds if tree else []:
            result = engine.find(EngineQuery(tree, filters={"kind": kind}, excluded_ids=excluded, stop=limit + 1))
            hits += load_hits([key for key in result.ids if key != own_id][:limit], tree)
    except (EngineAwayError, IndexUnavailableError, QueryTimeoutError):
        return []
    return hits


def similar_to(texts: Iterable[Text], kind: str, *, filters: Mapping[str, str], limit: int = 3) -> list[list[Hit]]:
    """Return, for each text, at most `limit` hits of a kind that are like it and in its language.

    Return no hits where the engine cannot answer.
    """
    texts = list(texts)
    try:
        found = list(_find_each(texts, {**filters, "kind": kind}, limit))
    except IndexUnavailableError:
        request_repair()
        return [[] for _ in texts]
    except (EngineAwayError, QueryTimeoutError):
        return [[] for _ in texts]
    return _build_hits(found)


def _find_each(texts: Iterable[Text], filters: Mapping[str, str], limit: int) -> Iterator[Found]:
    engine: SearchEngine = connections["default"].get_backend()
    excluded = waiting_records().excluded()
    for text in texts:
        tree = engine.similarity_query([text.text])
        query = EngineQuery(
            tree,
            filters={**filters, "language": text.language},
            excluded_ids=excluded,
            language=text.language,
            stop=limit,
        )
        yield tree, engine.find(query).ids if tree else ()


def _build_hits(found: list[Found]) -> list[list[Hit]]:
    """Return the hits for each (tree, ids), reading each record once, however many texts it is like."""
    records = load_records(dict.fromkeys(key for _tree, ids in found for key in ids))
    texts = read_texts(records, waiting_records().changed)
    return [
        [build_hit(*records[key], texts[key], Highlighter(tree)) for key in ids if key in records]
        for tree, ids in found
    ]
