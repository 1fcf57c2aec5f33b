"""What Haystack's SearchQuerySet and `update_index --remove` ask of any engine."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from haystack.models import SearchResult

from . import grammar
from .engine_api import EngineQuery, SearchEngine

MAX_HITS = 10_000_000  # Haystack asks for all, and cuts the part that it wants


def haystack_results(
    engine: SearchEngine, text: str, start: int = 0, end: int | None = None, models: Iterable[type[Model]] | None = None
) -> dict[str, Any]:
    """Run a query and return its results as Haystack has them; "*" matches every record."""
    tree = None if text == "*" else grammar.parse(text)
    if tree is None and text != "*":
        return {"results": [], "hits": 0}
    found = engine.find(EngineQuery(tree, stop=MAX_HITS))
    labels = tuple(f"{model._meta.label_lower}." for model in models or [])
    ids = [key for key in found.ids if not labels or key.startswith(labels)]
    parts = ([*key.rsplit(".", 1), key] for key in ids[start:end])
    results = [SearchResult(*label.split("."), pk, 0, id=key) for label, pk, key in parts]
    return {"results": results, "hits": len(ids), "facets": {"fields": found.facet_counts}}
