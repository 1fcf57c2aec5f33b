"""Find records that share their distinctive words with a text."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from haystack import connections

from .engine_api import EngineAwayError, EngineQuery, IndexUnavailableError, QueryTimeoutError, SearchEngine
from .grammar import Node
from .highlighting import Highlighter
from .kept_texts import read_texts
from .query import Hit, build_hit, load_records, request_repair
from .waiting import waiting_records

Found: TypeAlias = tuple[Node | None, tuple[str, ...]]  # (tree of a text, ids of the records like it)


@dataclass(frozen=True)
class Text:
    """A text in a language."""

    text: str
    language: str = "en"


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
