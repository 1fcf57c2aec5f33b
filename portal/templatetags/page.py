"""Template tags of every page: links to the page in other languages, and its metadata."""

import json
from typing import Any, cast

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.utils.encoding import escape_uri_path
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from publishing.addresses import path_in
from publishing.pages import Crawl, Head, PublicPage, page_of
from text.site_name import site_name

register = template.Library()

# Social networks need a country with each language.
LOCALES = {"ar": "ar_AR", "zh": "zh_CN", "en": "en_GB", "fr": "fr_FR", "ru": "ru_RU", "es": "es_ES"}
# As in Django's json_script, so that nothing in the data can close the element.
ESCAPES = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"}


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[dict[str, Any]]:
    """Return the links to this page in each language: `code`, `name`, `address` with its query, `is_current`.

    On a page that does not exist, the links lead to the home page: the answer for hidden and absent pages is the same
    to the byte, whatever was requested. Without a request, as in an email, there are no links.
    """
    request, current = context.get("request"), get_language()
    if request is None:
        return []
    path, query = ("/", "") if "is_absent" in context else _path_and_query(request)
    return [
        {"code": code, "name": name, "address": path_in(path, code) + query, "is_current": code == current}
        for code, name in settings.LANGUAGES
    ]


def _path_and_query(request: HttpRequest) -> tuple[str, str]:
    query = request.META.get("QUERY_STRING", "")
    return escape_uri_path(request.path), f"?{query}" if query else ""


@register.inclusion_tag("_head.html", takes_context=True)
def page_head(context: Context) -> dict[str, Any]:
    """Render the metadata of a page. For a page that is not public, it only forbids indexing.

    Users who are signed in may see drafts, so the head describes only what readers without an account see.
    """
    request = context.get("request")
    page = page_of(request)
    if request is None or page is None or page.head is None or "is_absent" in context:
        return {"head": None}
    if request.user.is_authenticated:
        return {"head": None}
    if page.crawl is Crawl.WITHOUT_QUERY and request.GET:
        return {"head": None}
    head = page.head(cast("dict[str, Any]", context.flatten()))
    return {"head": head, **(_addresses(request, page, head) if head else {})}


def _addresses(request: HttpRequest, page: PublicPage, head: Head) -> dict[str, Any]:
    """Return the addresses of a page: its own, and those in other languages."""
    path, query = escape_uri_path(request.path), _own_query(request, page)
    canonical = settings.BASE_URL + path + query
    alternates = [(code, settings.BASE_URL + path_in(path, code) + query) for code, _ in settings.LANGUAGES]
    return {
        "canonical": canonical,
        "alternates": alternates,
        "default": dict(alternates).get(settings.LANGUAGE_CODE),
        "locale": LOCALES.get(get_language()[:2]),
        "data": head.data(canonical),
        "SITE_NAME": site_name(),
    }


def _own_query(request: HttpRequest, page: PublicPage) -> str:
    """Return the query parameters that select a different page, in a fixed order, without any others."""
    asked = [(name, request.GET[name]) for name in page.query if request.GET.get(name)]
    asked = [pair for pair in asked if pair != ("page", "1")]
    return f"?{urlencode(asked)}" if asked else ""


@register.simple_tag
def linked_data(data: dict[str, Any]) -> SafeString:
    """Return JSON-LD as a script element. Browsers do not run it, so the content security policy does not apply."""
    words = json.dumps(data, ensure_ascii=False)
    for mark, escape in ESCAPES.items():  # `str.translate` looks up every character, which takes milliseconds
        words = words.replace(mark, escape)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(words))  # noqa: S308  escaped above
