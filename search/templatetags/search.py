from django import template
from django.http import QueryDict

from search import queue
from search.query import more_like

register = template.Library()


@register.simple_tag(takes_context=True)
def narrow(context, name, value=None):
    """The address of this search with one thing changed, or taken away; from its first page."""
    asked = context["request"].GET.copy()
    asked.pop("page", None)
    asked.pop(name, None)
    if value is not None:
        asked[name] = value
    return "?" + asked.urlencode()


@register.filter
def words_of(query):
    """The words of a search, from its address."""
    return QueryDict(query).get("q", "")


@register.inclusion_tag("search/_more_like.html")
def more_like_this(record, *kinds):
    """Published records of these kinds that share the words by which `record` stands out."""
    return {"hits": more_like(record, kinds)}


@register.simple_tag
def index_age():
    """How many seconds the oldest change has waited for the index."""
    return int(queue.age())
