"""Tags and filters of Django that keep what they made: translations of constant texts, and dates.

They save a tenth of the time of many pages. Settings make this module a builtin, so that templates need not load
`i18n`.
"""

import datetime
from functools import lru_cache
from typing import Any

from django import template
from django.template import Context, Node
from django.template.base import FilterExpression, Parser, Token, Variable
from django.template.defaultfilters import date as django_date
from django.templatetags import i18n
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.translation.trans_real import DjangoTranslation, catalog

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)

DATES_KEPT = 5_000


class KeptTranslateNode(TranslateNode):
    """A constant text, which is translated once for each language."""

    def __init__(self, node: TranslateNode) -> None:
        super().__init__(node.filter_expression, node.noop, message_context=node.message_context)
        self._kept: dict[tuple[DjangoTranslation, bool], str] = {}

    def render(self, context: Context) -> str:
        """Return the text in the language of the page, escaped as the context says."""
        translations = catalog()
        if not isinstance(translations, DjangoTranslation):  # while no language is active
            return super().render(context)
        key = translations, context.autoescape
        if key not in self._kept:
            self._kept[key] = super().render(context)
        return self._kept[key]


class KeptBlockTranslateNode(BlockTranslateNode):
    """A text with variables, whose pattern is put together once."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._kept: dict[int, tuple[str, list[str]]] = {}

    def render_token_list(self, tokens: list[Token]) -> tuple[str, list[str]]:
        """Return the pattern and the names of its variables. The list is a copy, because Django adds to it."""
        key = id(tokens)  # of the singular or of the plural, which the node holds
        if key not in self._kept:
            self._kept[key] = super().render_token_list(tokens)
        pattern, names = self._kept[key]
        return pattern, [*names]


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    """Return the node of a tag, whose arguments Django reads."""
    node = i18n.do_translate(parser, token)
    given = filter(None, (node.filter_expression, node.message_context))
    return KeptTranslateNode(node) if not node.asvar and all(map(_is_constant, given)) else node


@register.tag("blocktranslate")
@register.tag("blocktrans")
def block_translate(parser: Parser, token: Token) -> Node:
    """Return the node of a tag, whose content Django reads."""
    return KeptBlockTranslateNode(**vars(i18n.do_block_translate(parser, token)))


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, pattern: str | None = None) -> str:
    """Return what Django's filter returns. Times are not kept, because their text also depends on the time zone."""
    return _kept_date(value, pattern, catalog()) if type(value) is datetime.date else django_date(value, pattern)


@lru_cache(DATES_KEPT)
def _kept_date(day: datetime.date, pattern: str | None, translations: DjangoTranslation) -> str:
    """Return the text of a day. It also depends on the translations of the active language, so these are given."""
    return django_date(day, pattern)


def _is_constant(expression: FilterExpression) -> bool:
    return isinstance(expression.var, Variable) and expression.var.lookups is None and not expression.filters
