"""The tag `url` of all templates: Django's, with addresses that are kept in memory."""

from typing import Any, cast

from django import template
from django.template import Context
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.utils.html import conditional_escape

from ..addresses import reverse

register = template.Library()

PLAIN = (str, int)  # types of arguments that addresses can be kept by


class KeptURLNode(URLNode):
    """An address by its name and plain arguments. Django handles all others."""

    def render(self, context: Context) -> str:
        """Return the address, escaped as the context says."""
        args = tuple(arg.resolve(context) for arg in self.args)
        name = self.view_name.resolve(context)
        if self.kwargs or self.asvar or not all(isinstance(one, PLAIN) for one in (name, *args)):
            return super().render(context)
        address: Any = reverse(name, args, current_app=_current_app(context))
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
