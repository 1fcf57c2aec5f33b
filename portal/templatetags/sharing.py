import json

from django import template
from django.conf import settings
from django.utils.encoding import escape_uri_path
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from portal.heads import head_of
from portal.public import LISTS, view_name

from .languages import page_in_languages

register = template.Library()

# As networks name languages: with a country, though it is not meant.
LOCALES = {"ar": "ar_AR", "zh": "zh_CN", "en": "en_GB", "fr": "fr_FR", "ru": "ru_RU", "es": "es_ES"}
# Like Django's json_script: nothing in the data can end the element.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.inclusion_tag("_head.html", takes_context=True)
def page_head(context):
    """What a page says to machines. Of one that is not for everyone: that it is to be left out, and nothing else.

    Who is signed in may be shown drafts; so only what readers without an account see is described.
    """
    request = context.get("request")
    reader = getattr(request, "user", None)  # there is none on a page made without a request
    name = view_name(request)
    if reader is None or reader.is_authenticated or "is_absent" in context or is_result(request, name):
        return {"head": None}
    head = head_of(name, context)
    return {"head": head} | (links(context, name, head) if head else {})


def links(context, name, head):
    """The addresses of a page: its own, and those in other languages."""
    request = context["request"]
    query = own_query(request, name)
    canonical = settings.BASE_URL + escape_uri_path(request.path) + query
    alternates = [(code, url + query) for code, url in page_in_languages(context)]
    return {
        "canonical": canonical,
        "alternates": alternates,
        "default": dict(alternates).get(settings.LANGUAGE_CODE),
        "locale": LOCALES.get(get_language()[:2]),
        "data": head.data(canonical),
        "SITE_NAME": settings.SITE_NAME,
    }


def is_result(request, name):
    """Whether a page answers a search: there is no end of those."""
    return name == "search:search" and bool(request.GET)


def own_query(request, name):
    """What of a query makes it another page, in one order; whatever else was added to the address is dropped."""
    words = LISTS[name].query if name in LISTS else ()
    asked = [(word, request.GET[word]) for word in words if request.GET.get(word)]
    asked = [pair for pair in asked if pair != ("page", "1")]
    return f"?{urlencode(asked)}" if asked else ""


@register.simple_tag
def linked_data(data):
    """JSON-LD as an element. It is data: browsers do not run it, and the policy against scripts does not concern it."""
    words = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(words))  # noqa: S308  escaped above
