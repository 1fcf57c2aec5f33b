from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from django import template
from django.http import QueryDict
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from search import more_like
from search.facets import Choice, Facet
from search.models import IndexJob
from search.params import SearchParams
from text.numbers import grouped

register = template.Library()

MAX_KEPT = 10_000  # texts that are kept as they are written in pages

CHOICE = '<li><a href="{}">{}</a> <span class="count">{}</span></li>'
CHOSEN = (
    '<li><a href="{}" aria-current="true">{} <span class="visually-hidden">{}</span>'
    '<span aria-hidden="true">×</span></a></li>'
)


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


@register.simple_tag(takes_context=True)
def facet_choices(context: Mapping[str, Any], facet: Facet, choices: Iterable[Choice]) -> SafeString:
    """Return choices of a facet as items of a list: often hundreds, for which a template takes many times as long."""
    others = replace_param(context, facet.name)
    start = escape(f"{others}{'&' if len(others) > 1 else ''}{quote_plus(facet.name)}=")
    items = []
    for choice in choices:
        if choice.is_chosen:
            items.append(CHOSEN.format(escape(others), _in_html(choice.label), escape(_("(chosen; remove)"))))
        else:
            items.append(
                CHOICE.format(start + _in_address(choice.value), _in_html(choice.label), grouped(choice.count))
            )
    return mark_safe("".join(items))  # noqa: S308 - each piece is escaped


def _in_html(label: Any) -> str:
    """Return the label of a choice, escaped. Most are plain texts, which pages show again and again."""
    return _escaped(label) if type(label) is str else conditional_escape(label)


_escaped = lru_cache(MAX_KEPT)(escape)


@lru_cache(MAX_KEPT)
def _in_address(value: str) -> str:
    """Return the value of a choice as it is written in an address in HTML."""
    return escape(quote_plus(value))


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
