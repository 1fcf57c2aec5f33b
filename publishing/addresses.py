"""The addresses of pages in each language, kept in memory: Django takes 14 µs for one, and a page has up to 200.

This module is also the library of the tag `url` in all templates (see `builtins` in the settings).
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from django import template, urls
from django.conf import settings
from django.template import Context
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language

register = template.Library()

# The prefix of the addresses of each language: empty for English, `zh` for Django's `zh-hans`.
PREFIXES = {
    code: "" if code == settings.LANGUAGE_CODE else code.split("-", maxsplit=1)[0] for code, _ in settings.LANGUAGES
}
BY_PREFIX = {prefix: code for code, prefix in PREFIXES.items()}
MAX_KEPT = 20_000
PLAIN = (str, int)  # types of the arguments for which addresses are kept


def language_of(path: str) -> str:
    """Return the language of a path such as `/fr/dialogues/`."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return BY_PREFIX.get(first, settings.LANGUAGE_CODE)


def path_in(path: str, code: str) -> str:
    """Return the path of the same page in another language."""
    prefix, other = PREFIXES[language_of(path)], PREFIXES[code]
    bare = path.removeprefix(f"/{prefix}") if prefix else path
    return f"/{other}{bare}" if other else escape_leading_slashes(bare or "/")


def reverse(
    name: str, args: Sequence[Any] = (), query: Mapping[str, Any] | None = None, current_app: str | None = None
) -> str:
    """Return what Django's `reverse` returns, in the language of the page."""
    if query:
        return urls.reverse(name, args=args, query=query, current_app=current_app)
    return _made(name, tuple(args), get_language(), urls.get_script_prefix(), current_app)


@lru_cache(MAX_KEPT, typed=True)
def _made(name: str, args: tuple[Any, ...], language: str | None, prefix: str, current_app: str | None) -> str:
    """Return the address that Django makes. `language` and `prefix` are the active ones, on which it also depends."""
    return urls.reverse(name, args=args, current_app=current_app)


class KeptURLNode(URLNode):
    """An address by its name and plain arguments. Django handles all others."""

    def render(self, context: Context) -> str:
        """Return the address, escaped as the context says."""
        args = tuple(arg.resolve(context) for arg in self.args)
        name = self.view_name.resolve(context)
        if self.kwargs or not all(isinstance(one, PLAIN) for one in (name, *args)):
            return super().render(context)
        try:
            address: Any = reverse(name, args, current_app=_current_app(context))
        except NoReverseMatch:
            return super().render(context)  # which raises it, or leaves the variable of `as` empty
        if self.asvar:
            context[self.asvar] = address
            return ""
        return conditional_escape(address) if context.autoescape else address


def _current_app(context: Context) -> str | None:
    """Return the namespace that Django prefers for the names of a template."""
    request: Any = getattr(context, "request", None)
    if hasattr(request, "current_app"):
        return cast("str | None", request.current_app)
    return getattr(getattr(request, "resolver_match", None), "namespace", None)


@register.tag
def url(parser: Parser, token: Token) -> KeptURLNode:
    """Return the node of a tag, whose arguments Django reads."""
    node = django_url(parser, token)
    return KeptURLNode(node.view_name, node.args, node.kwargs, node.asvar)
