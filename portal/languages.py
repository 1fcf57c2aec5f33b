"""The language of a page is decided by its address alone.

Django's own middleware also reads a cookie and the browser's languages, and tells proxies that pages vary by them.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils.translation import get_language, gettext, override

from publishing.addresses import PREFIXES, language_of
from text.site_name import name_read_once


def load_languages() -> None:
    """Load the translations and addresses of each language, so that its first reader does not wait for them."""
    for code, _name in settings.LANGUAGES:
        with override(code):
            gettext("Search")
            get_resolver().reverse_dict  # noqa: B018  reading it fills it, in each language


class LanguageOfAddressMiddleware:
    """Handles each request in the language of its address, and reads the name of the site once for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with override(language_of(request.path_info)), name_read_once():
            request.LANGUAGE_CODE = get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


class LanguagePrefixPattern(LocalePrefixPattern):
    """The prefix of the active language."""

    @property
    def language_prefix(self) -> str:
        prefix = PREFIXES.get(get_language() or "", "")
        return f"{prefix}/" if prefix else ""


def in_each_language(*patterns: Any) -> URLResolver:
    """Return URL patterns that exist in each language; the English ones have no prefix."""
    return URLResolver(LanguagePrefixPattern(prefix_default_language=False), list(patterns))
