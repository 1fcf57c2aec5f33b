"""The search as a test asks it."""

from search import query
from search.asked import Asked


def find(line, *, page=1, order="relevance", **narrowed):
    """The results of a line, narrowed by facets."""
    return query.find(Asked(line, narrowed, order, page))


def numbers(results, name):
    """What a facet of results offers: {value: number}."""
    return {choice.value: choice.number for facet in results.facets if facet.name == name for choice in facet.choices}
