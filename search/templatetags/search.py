from collections.abc import Mapping
from typing import Any

from django import template
from django.http import QueryDict

from search import more_like
from search.models import IndexJob
from search.params import SearchParams

register = template.Library()


@register.simple_tag(takes_context=True)
def replace_param(context: Mapping[str, Any], name: str, value: str | None = None) -> str:
    """Return the query string of the first page of this search with one parameter replaced, or removed.

    Django's `querystring` tag does the same for a name that the template knows.
    """
    params = context["request"].GET.copy()
    params.pop("page", None)
    params.pop(name, None)
    if value is not None:
        params[name] = value
    return "?" + params.urlencode()


@register.filter
def query_text(query_string: str) -> str:
    """Return a search in words from its query string: its text, then what its filters ask for."""
    return str(SearchParams.from_querydict(QueryDict(query_string)))


@register.inclusion_tag("search/_more_like.html")
def more_like_this(record: Any) -> dict[str, Any]:
    """Show the public records that share the distinctive words of `record`."""
    return {"records": more_like.more_like_this(record)}


@register.simple_tag
def index_age() -> int:
    """Return how many seconds the oldest change has waited for the index."""
    return int(IndexJob.objects.age())
