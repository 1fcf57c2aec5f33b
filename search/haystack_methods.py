"""What Haystack's SearchQuerySet and its commands ask of any engine."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from haystack.models import SearchResult

from . import grammar
from .engine_api import EngineQuery, SearchEngine
from .indexes import RecordIndex

MAX_HITS = 10_000_000  # all: records of other models are left out after the search


class HaystackMethods:
    """Methods of a Haystack backend that are the same for each engine."""

    def search(
        self: SearchEngine,
        query_string: str,
        start_offset: int = 0,
        end_offset: int | None = None,
        models: Iterable[type[Model]] | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """Run a query and return its results as Haystack has them; "*" matches every record."""
        tree = None if query_string == "*" else grammar.parse(query_string)
        if tree is None and query_string != "*":
            return {"results": [], "hits": 0}
        found = self.find(EngineQuery(tree, stop=MAX_HITS))
        labels = tuple(f"{model._meta.label_lower}." for model in models or [])
        ids = [key for key in found.ids if not labels or key.startswith(labels)]
        parts = ([*key.rsplit(".", 1), key] for key in ids[start_offset:end_offset])
        results = [SearchResult(*label.split("."), pk, 0, id=key) for label, pk, key in parts]
        return {"results": results, "hits": len(ids), "facets": {"fields": found.facet_counts}}

    def update(self: SearchEngine, index: RecordIndex, iterable: Iterable[Model], commit: bool = True) -> None:
        """Write records."""
        self.apply([(index, iterable, [])])
