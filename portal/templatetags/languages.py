"""The page at hand in other languages."""

from django import template
from django.conf import settings
from django.utils.encoding import escape_uri_path
from django.utils.translation import get_language

from portal.languages import path_in

register = template.Library()


@register.simple_tag(takes_context=True)
def page_in_languages(context):
    """Pairs of (language code, absolute URL without the query) of this page, for `<link rel="alternate" hreflang>`.

    There are none of a page that is not there.
    """
    if "is_absent" in context:
        return []
    path = escape_uri_path(context["request"].path)
    return [(code, settings.BASE_URL + path_in(path, code)) for code, _ in settings.LANGUAGES]


@register.simple_tag(takes_context=True)
def language_links(context):
    """For each language its code and name, the address there of this page, its query included, and if it is the page's.

    Where the page is not there they lead home: the answer to what is hidden or absent is the same to the byte,
    whatever was asked for. Without a request, as in a letter, there are none.
    """
    request, current = context.get("request"), get_language()
    if request is None:
        return []
    path, query = ("/", "") if "is_absent" in context else here(request)
    return [
        {"code": code, "name": name, "address": path_in(path, code) + query, "is_current": code == current}
        for code, name in settings.LANGUAGES
    ]


def here(request):
    """The path of a page and its query, the question mark included."""
    query = request.META.get("QUERY_STRING", "")
    return escape_uri_path(request.path), f"?{query}" if query else ""
