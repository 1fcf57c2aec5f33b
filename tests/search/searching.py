"""Run searches as the search page does."""

from types import SimpleNamespace

from search import query
from search.params import SearchParams


def find(text, *, page=1, sort="relevance", **filters):
    """Return the results of a text, filtered by facets."""
    return query.find(SearchParams(text, filters, sort, page))


def counts(results, name):
    """Return what a facet of results offers: {value: number of results}."""
    return {choice.value: choice.count for facet in results.facets if facet.name == name for choice in facet.choices}


def leave_jobs_waiting(patch):
    """Let no change start the worker until `patch`, a MonkeyPatch, is undone."""
    patch.setattr("search.signal_processor.update_index", SimpleNamespace(enqueue=lambda: None))
