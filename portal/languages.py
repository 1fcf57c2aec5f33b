"""The language of a page: its address says it, and nothing else does.

Django's own way asks a cookie and the browser where the address says nothing, and tells proxies that pages vary by it.
"""

from django.conf import settings
from django.urls import URLResolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language, override


def prefix_of(code):
    """With what the addresses of a language begin: nothing in English, `zh` where Django says `zh-hans`."""
    return "" if code == settings.LANGUAGE_CODE else code.split("-")[0]


def language_of(path):
    """The language that a path such as `/fr/dialogues/` is in."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return next((code for code, _ in settings.LANGUAGES if first and prefix_of(code) == first), settings.LANGUAGE_CODE)


def path_in(path, code):
    """The same page's path in another language."""
    prefix, other = prefix_of(language_of(path)), prefix_of(code)
    bare = path.removeprefix(f"/{prefix}") if prefix else path
    return f"/{other}{bare}" if other else escape_leading_slashes(bare or "/")


class LanguageOfAddressMiddleware:
    """Answers each request in the language of its address."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with override(language_of(request.path_info)):
            request.LANGUAGE_CODE = get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


class LanguagePrefixPattern(LocalePrefixPattern):
    """What stands before the addresses below it, in the language of the moment."""

    @property
    def language_prefix(self):
        prefix = prefix_of(get_language() or settings.LANGUAGE_CODE)
        return f"{prefix}/" if prefix else ""


def in_each_language(*patterns):
    """Addresses that exist in each language; those of English have no prefix."""
    return URLResolver(LanguagePrefixPattern(prefix_default_language=False), list(patterns))
