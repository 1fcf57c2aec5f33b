from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus, urlencode

from django import template
from django.http import QueryDict
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from search import more_like
from search.facets import Choice, Facet
from search.models import IndexJob
from search.params import SearchParams
from search.query import Hit
from text.localized import LocalizedText, content_language, direction_of
from text.numbers import grouped

register = template.Library()

MAX_KEPT = 10_000  # texts that are kept as they are written in pages

CHOSEN = (
    '<li><a href="{}" aria-current="true">{} <span class="visually-hidden">{}</span>'
    '<span aria-hidden="true">×</span></a></li>'
)


@register.simple_tag(takes_context=True)
def replace_param(context: Mapping[str, Any], name: str, value: str | None = None) -> str:
    """Return the query string of the first page of this search with one parameter replaced, or removed.

    Django's `querystring` tag does the same for a name that the template knows.
    """
    others = context["request"].GET.lists()  # QueryDict.copy() takes many times as long
    pairs = [(key, one) for key, values in others if key not in ("page", name) for one in values]
    if value is not None:
        pairs.append((name, value))
    return f"?{urlencode(pairs)}"


@register.simple_tag
def hit_items(hits: Iterable[Hit]) -> SafeString:
    """Return hits as items of a list. A template takes five times as long: a fifth of the time of a page."""
    another_term, page = _("another term"), content_language()
    return mark_safe("\n".join(_hit_item(hit, another_term, page) for hit in hits))  # noqa: S308 - each piece is escaped


def _hit_item(hit: Hit, another_term: str, page: str) -> str:
    language = f' hreflang="{escape(hit.page_language)}"' if hit.page_language else ""
    fragment = f' data-fragment="{escape(hit.snippet.fragment)}"' if hit.snippet and hit.snippet.fragment else ""
    title = f'<h3><a href="{escape(hit.url)}"{language}{fragment} dir="auto">{conditional_escape(hit.title)}</a></h3>'
    passage = ""
    if hit.snippet:
        marked = f' lang="{escape(hit.language)}"' if hit.language else ""
        side = direction_of(hit.snippet.html.replace("<mark>", "").replace("</mark>", ""))
        passage = f'<p dir="{side}"{marked}>{hit.snippet.html}</p>'
    label = hit.snippet.label if hit.snippet else ""
    pieces = [str(hit.kind), another_term if hit.has_other_term else "", label, *hit.context]
    facts = "".join(f"<span>{_in_html(piece, page)}</span>" for piece in pieces if piece)
    return f'<li class="hit">{title}{passage}<p class="meta">{facts}</p></li>'


@register.simple_tag(takes_context=True)
def facet_choices(context: Mapping[str, Any], facet: Facet, choices: Iterable[Choice]) -> SafeString:
    """Return choices of a facet as items of a list: often hundreds, for which a template takes many times as long."""
    others = replace_param(context, facet.name)
    page = content_language()
    start = escape(f"{others}{'&' if len(others) > 1 else ''}{quote_plus(facet.name)}=")
    items = [
        CHOSEN.format(escape(others), _in_html(choice.label, page), escape(_("(chosen; remove)")))
        if choice.is_chosen
        else f'<li><a href="{start}{_in_address(choice.value)}">{_in_html(choice.label, page)}</a>'
        f' <span class="count">{grouped(choice.count)}</span></li>'
        for choice in choices
    ]
    return mark_safe("".join(items))  # noqa: S308 - each piece is escaped


def _in_html(label: Any, page: str) -> str:
    """Return a text, escaped, on a page in a language. Most are in that one, and pages show them again and again."""
    if type(label) is str or (type(label) is LocalizedText and label.language == page):
        return _escaped(str(label))
    return conditional_escape(label)


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
